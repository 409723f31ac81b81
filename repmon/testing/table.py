"""The table of a package's connectors, written from what their classes declare.

`python -m repmon.testing.table PACKAGE README TESTS PAGES` renews it between the two markers of that file, and with it
`quality.json` in the package, from which `repmon connectors` knows how well each is made.
"""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from pkgutil import iter_modules

from repmon.connector import Connector
from repmon.testing.quality import Made, quality

BEGIN, END = "<!-- connectors: begin -->", "<!-- connectors: end -->"
_ORDER = {"changed": "latest created or edited first", "newest": "newest first", "any": "any"}
_HOW_TO_REPLY = {
    (True, True): "seen and posted", (True, False): "posted, not seen",
    (False, True): "seen, not posted", (False, False): "not seen",
}  # fmt: skip
_HEAD = (
    "| connector | what it reads | quality | order | sees | removals | text kept | asked | replies | settings |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def table(package: str, tiers: dict[str, str]) -> str:
    """Write one row for each connector of the package; `tiers` tells how well each is made."""
    return "\n".join([*_HEAD, *(_row(name, kind, tiers.get(name, "")) for name, kind in connectors_of(package))])


def tiers_of(package: str, tests: Path, pages: Path) -> dict[str, str]:
    """How well each connector of the package is made, by its name."""
    return {name: quality(Made.found(name, kind, tests, pages)) for name, kind in connectors_of(package)}


def renewed(text: str, package: str, tiers: dict[str, str]) -> str:
    """Put the table between the markers of a text; ValueError without markers."""
    before, found, rest = text.partition(BEGIN)
    _old, ended, after = rest.partition(END)
    if not (found and ended):
        raise ValueError("the markers of the table are missing")
    return f"{before}{BEGIN}\n{table(package, tiers)}\n{END}{after}"


def connectors_of(package: str) -> Iterator[tuple[str, type[Connector]]]:
    """Find the connectors of a package's public modules; a module is named like its connector."""
    for module in iter_modules(import_module(package).__path__):
        if not module.name.startswith("_"):
            found = import_module(f"{package}.{module.name}")
            for value in vars(found).values():
                if isinstance(value, type) and issubclass(value, Connector) and value.__module__ == found.__name__:
                    yield module.name, value


def _row(name: str, connector: type[Connector], tier: str) -> str:
    about = (getdoc(connector) or "").partition("\n")[0]
    cells = (
        f"[`{name}`]({connector.__module__.replace('.', '/')}.py)",
        about,
        tier or "–",  # noqa: RUF001 - a dash
        _ORDER[connector.order],
        connector.window or "everything",
        _removals(connector),
        _kept(connector),
        _every(connector) if connector.door in {"http", "mail"} else "whenever",
        _replies(connector),
        ", ".join(
            f"`{field}`" if info.is_required() else f"`[{field}]`" for field, info in connector.model_fields.items()
        ),
    )
    return f"| {' | '.join(cells)} |"


def _every(connector: type[Connector]) -> str:
    often = f"every {int(connector.min_every / timedelta(minutes=1))} min"
    return often if connector.calls_per_day is None else f"{often}, {connector.calls_per_day} requests a day"


def _removals(connector: type[Connector]) -> str:
    if connector.recheck_every is not None and connector.can("recheck"):
        return f"asked about every {_span(connector.recheck_every)}"
    return "noticed" if connector.complete else "not noticed"


def _kept(connector: type[Connector]) -> str:
    keep = connector.keeps.text_for
    said = "as long as you like" if keep is None else f"for {_span(keep)}" if keep else "not at all"
    return f"{said}; not when removed" if connector.forget_removed else said


def _span(time: timedelta) -> str:
    hours = time / timedelta(hours=1)
    return f"{hours / 24:g} days" if hours % 24 == 0 and hours > 24 else f"{hours:g} h"  # noqa: PLR2004 - hours a day


def _replies(connector: type[Connector]) -> str:
    said = _HOW_TO_REPLY[connector.can("post_reply"), connector.sees_replies]
    return f"{said}; up to {connector.reply.length} {connector.reply.unit}" if connector.reply else said


def _write(package: str, readme: Path, tests: Path, pages: Path) -> None:
    tiers = tiers_of(package, tests, pages)
    folder = Path(next(iter(import_module(package).__path__)))
    (folder / "quality.json").write_text(json.dumps(tiers, indent=1) + "\n", "utf-8")
    readme.write_text(renewed(readme.read_text("utf-8"), package, tiers), "utf-8")


if __name__ == "__main__":
    _write(sys.argv[1], *map(Path, sys.argv[2:5]))
