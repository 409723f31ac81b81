"""The file's text and what TOML makes of it, with the line of every key."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from repmon.config.lines import KeyPath, index
from repmon.errors import ConfigError
from repmon.wording import say

_PLACE = re.compile(r"\s*\((?:at line (\d+), column (\d+)|at end of document)\)$")


@dataclass(frozen=True)
class Parsed:
    """What the file says, and on which line each key stands."""

    values: dict[str, object]
    lines: dict[KeyPath, int]


def read(path: Path) -> str:
    """Read the text of the file, without a byte order mark; ConfigError when there is none, or none in UTF-8."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise _error(str(path), "config_missing") from None
    except OSError as error:
        raise _error(str(path), "config_unreadable", reason=error.strerror) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        # the error carries the file's bytes, secrets and all
        raise _error(f"{path}:{line}", "config_not_utf8") from None


def parse(path: Path, text: str) -> Parsed:
    """Read the text as TOML; ConfigError naming the line where it stops being TOML."""
    try:
        return Parsed(tomllib.loads(text), index(text))
    except RecursionError:
        raise _error(f"{path}:1", "config_too_deep") from None
    except ValueError as error:  # TOMLDecodeError, and a number of thousands of digits
        message = str(error)
        place = _PLACE.search(message)
        line = place[1] if place and place[1] else len(text.splitlines()) or 1
        reason = message[: place.start()] if place else message
        raise _error(f"{path}:{line}", "config_not_toml", reason=reason) from None


def _error(where: str, code: str, **values: object) -> ConfigError:
    return ConfigError([f"{where}: {say(code, values)}"])
