"""What the machine already says about where and in which language its owner works."""

import re
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE_FILES = "zoneinfo/"
_LANGUAGE = re.compile(r"([a-z]{2})(?:[_.@]|$)")


def timezone(environ: Mapping[str, str], root: Path = Path("/")) -> str:
    """Find the IANA name of the machine's zone: $TZ, /etc/timezone, or where /etc/localtime points to; else UTC."""
    return next((name for name in _candidates(environ, root / "etc") if _is_zone(name)), "UTC")


def language(environ: Mapping[str, str]) -> str:
    """Find the language of the locale; `en` where it names none."""
    said = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    found = _LANGUAGE.match(said)
    return found[1] if found else "en"


def _candidates(environ: Mapping[str, str], etc: Path) -> list[str]:
    written, linked = etc / "timezone", etc / "localtime"
    return [
        environ.get("TZ", "").removeprefix(":"),
        written.read_text(encoding="utf-8", errors="replace").strip() if written.is_file() else "",
        str(linked.readlink()).partition(ZONE_FILES)[2] if linked.is_symlink() else "",
    ]


def _is_zone(name: str) -> bool:
    try:
        return bool(name) and bool(ZoneInfo(name).key)
    except (KeyError, ValueError, OSError):  # unknown; no such form of name; a folder of the zone files
        return False
