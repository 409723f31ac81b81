"""The table of a package's connectors, written from what their classes declare.

`python -m repmon.testing.table PACKAGE README` renews it between the two markers of that file.
"""

import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from pkgutil import iter_modules

from repmon.connector import Connector

BEGIN, END = "<!-- connectors: begin -->", "<!-- connectors: end -->"
_ORDER = {"changed": "latest created or edited first", "newest": "newest first", "any": "any"}
_HEAD = (
    "| connector | what it reads | order | sees | asked at most | replies | settings |",
    "|---|---|---|---|---|---|---|",
)


def table(package: str) -> str:
    """Write one row for each connector of the package."""
    return "\n".join([*_HEAD, *(_row(name, connector) for name, connector in _connectors(package))])


def renewed(text: str, package: str) -> str:
    """Put the table between the markers of a text; ValueError without markers."""
    before, found, rest = text.partition(BEGIN)
    _old, ended, after = rest.partition(END)
    if not (found and ended):
        raise ValueError("the markers of the table are missing")
    return f"{before}{BEGIN}\n{table(package)}\n{END}{after}"


def _connectors(package: str) -> Iterator[tuple[str, type[Connector]]]:
    """Find the connectors of a package's public modules; a module is named like its connector."""
    for module in iter_modules(import_module(package).__path__):
        if not module.name.startswith("_"):
            found = import_module(f"{package}.{module.name}")
            for value in vars(found).values():
                if isinstance(value, type) and issubclass(value, Connector) and value.__module__ == found.__name__:
                    yield module.name, value


def _row(name: str, connector: type[Connector]) -> str:
    about = (getdoc(connector) or "").partition("\n")[0]
    cells = (
        f"[`{name}`]({connector.__module__.replace('.', '/')}.py)",
        about,
        _ORDER[connector.order],
        connector.window or "everything",
        _every(connector) if connector.door == "http" else "whenever",
        _replies(connector),
        ", ".join(
            f"`{field}`" if info.is_required() else f"`[{field}]`" for field, info in connector.model_fields.items()
        ),
    )
    return f"| {' | '.join(cells)} |"


def _every(connector: type[Connector]) -> str:
    often = f"every {int(connector.min_every / timedelta(minutes=1))} min"
    return often if connector.calls_per_day is None else f"{often}, {connector.calls_per_day} requests a day"


def _replies(connector: type[Connector]) -> str:
    return f"up to {connector.reply.length} {connector.reply.unit}" if connector.reply else "not shown"


if __name__ == "__main__":
    readme = Path(sys.argv[2])
    readme.write_text(renewed(readme.read_text("utf-8"), sys.argv[1]), "utf-8")
