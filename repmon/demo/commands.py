"""The commands that the demo names: as they can be typed here, in this folder, by this person."""

import json
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from repmon.demo.exports import REVIEW_SITE

YOURS = {
    "id": "yours", "stars": 1, "author": "You", "posted": "",
    "text": "Cold soup, and nobody said sorry.",
}  # fmt: skip


@dataclass(frozen=True)
class Commands:
    """`repmon` is the program with its configuration."""

    repmon: str
    add_a_review: str


def commands(config: Path) -> Commands:
    """Write them for one configuration file."""
    review = json.dumps({name: value for name, value in YOURS.items() if value})
    site = shlex.quote(str(config.with_name(REVIEW_SITE)))
    return Commands(f"{_program()} --config {shlex.quote(str(config))}", f"echo {shlex.quote(review)} >> {site}")


def _program() -> str:
    """`repmon` where the shell finds this one; else the script beside this Python, or Python itself."""
    script = Path(sys.executable).with_name("repmon")
    found = shutil.which("repmon")
    if found and Path(found).absolute() == script.absolute():
        return "repmon"
    if script.exists():
        here = Path.cwd()
        return shlex.quote(str(script.relative_to(here) if script.is_relative_to(here) else script))
    return f"{shlex.quote(sys.executable)} -m repmon"
