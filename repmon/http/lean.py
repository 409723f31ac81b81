"""httpx without its command line, which it imports wherever rich and pygments are installed: 7 MB for nothing."""

import sys
from types import ModuleType

COMMAND_LINE = "httpx._main"

if COMMAND_LINE not in sys.modules:
    _nothing = ModuleType(COMMAND_LINE, "Stands in for httpx's command line.")
    _nothing.main = lambda: None  # type: ignore[attr-defined]
    sys.modules[COMMAND_LINE] = _nothing

import httpx  # noqa: E402 - after the stand-in is in place

__all__ = ["httpx"]
