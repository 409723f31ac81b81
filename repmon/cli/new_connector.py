"""`repmon connectors new NAME`: a package of one's own to begin with, that installs and keeps the contract."""

import re
from importlib.resources import files
from pathlib import Path

import click

from repmon.cli.connectors import connectors
from repmon.discover import connector_names
from repmon.wording import _

PLACES = {
    "pyproject.toml.txt": "pyproject.toml",
    "README.md.txt": "README.md",
    "module.py.txt": "repmon_<name>.py",
    "test.py.txt": "tests/test_<name>.py",
    "reply_1.json.txt": "tests/replies/<name>_1.json",
    "reply_2.json.txt": "tests/replies/<name>_2.json",
    "reply_empty.json.txt": "tests/replies/<name>_empty.json",
}
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@connectors.command()
@click.argument("name")
@click.option("--dir", "folder", type=click.Path(path_type=Path, file_okay=False), help="Where; by default here.")
def new(name: str, folder: Path | None) -> None:
    """Begin a connector of your own: a package that installs, with a test and recorded replies to replace."""
    if not _NAME.fullmatch(name):
        raise click.BadParameter(_("give a name of small letters, digits and _, like acme_reviews"), param_hint="NAME")
    if name in connector_names():
        raise click.BadParameter(_("there is a connector {name!r} already").format(name=name), param_hint="NAME")
    dashed = name.replace("_", "-")
    place = (folder or Path()) / f"repmon-{dashed}"
    if place.exists():
        raise click.UsageError(_("{path} is there already").format(path=place))
    words = {"<name>": name, "<dashed>": dashed, "<NAME>": name.upper(),
             "<Class>": "".join(part.capitalize() for part in name.split("_"))}  # fmt: skip
    for template, target in PLACES.items():
        text = files("repmon.cli").joinpath("scaffold", template).read_text("utf-8")
        path = place / _filled(target, words)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_filled(text, words), "utf-8")
    click.echo(_("Wrote {path}; its README.md says what comes next.").format(path=place))


def _filled(text: str, words: dict[str, str]) -> str:
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text
