"""Secrets typed on the command line, kept outside the configuration: each in a file its owner alone can read."""

import os
import re
from pathlib import Path

from repmon.cli.questions import OUTSIDE

OWNER_ONLY = 0o600


def kept_outside(folder: Path, source: str, key: str, value: str) -> str:
    """`file:NAME` after writing the secret into that file beside the configuration; `env:` and `file:` stay."""
    if value.startswith(OUTSIDE):
        return value
    name = re.sub(r"[^\w.-]", "_", f"{source}.{key}.secret")
    write_private(folder / name, value + "\n")
    return f"file:{name}"


def write_private(path: Path, text: str) -> None:
    """Write a file that its owner alone can read, from its first byte on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, OWNER_ONLY)
        file.write(text)
