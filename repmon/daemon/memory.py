"""How much memory the process holds."""

import os
from pathlib import Path

STATM = Path("/proc/self/statm")
"""proc(5): sizes in pages; the second figure is what is resident."""


def resident_bytes() -> int | None:
    """The resident set; None where the system does not show it in this way."""
    try:
        return int(STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None
