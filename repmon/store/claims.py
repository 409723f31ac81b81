"""Who has a row in hand. A claim ends with its time, or as soon as its process is found to be gone."""

import os
import socket
from datetime import datetime, timedelta
from pathlib import Path

LEASE = timedelta(minutes=2)
"""Longer than any send may take; only needed where the claimant ran on another machine."""


def claimant() -> str:
    """Us, told apart from every other: host, process id, and when that process began."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_began(pid)}"


def is_free(claimed_by: str | None, claimed_until: datetime | None, now: datetime) -> bool:
    """Tell whether somebody else may take this row."""
    if claimed_by is None or claimed_until is None or claimed_until <= now:
        return True
    host, _, rest = claimed_by.rpartition(":")[0].partition(":")
    began = claimed_by.rpartition(":")[2]
    return host == socket.gethostname() and rest.isdigit() and not _lives(int(rest), began)


def _lives(pid: int, began: str) -> bool:
    """Tell whether that very process still runs; one we may not look at counts as running."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _began(pid) == began


def _began(pid: int) -> str:
    """Ticks from boot to the start of a process, "" when there is none (proc(5), field 22 of stat)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
