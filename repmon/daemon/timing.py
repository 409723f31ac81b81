"""When a source is asked, and when it should have been: pure arithmetic."""

import hashlib
from datetime import datetime, timedelta

from repmon.store.vitals import SourceVitals

SOON = timedelta(seconds=5)
"""What is due at the start is spread over this, so that twenty sources do not begin in the same instant."""
LONGEST_READ = timedelta(hours=2)
"""A first read of many thousand reviews takes its time; one that takes longer than this is stuck."""
_MARGIN = timedelta(seconds=30)


def first_poll(source: str, every: timedelta, known: SourceVitals | None, now: datetime) -> datetime:
    """Tell when to ask a source first: as before the restart; at once where it is new, overdue, or was cut short.

    "At once" is within `SOON`, at a place of its own that stays the same. A last poll in the future (the clock was
    put back) never makes it wait longer than `every`.
    """
    at_once = now + _share(source) * min(SOON, every)
    if known is None or known.last_poll_at is None or known.unfinished:
        return at_once
    due = min(known.last_poll_at + every, now + every)
    return due if due > now else at_once


def overdue(every: timedelta, known: SourceVitals, reading_for: timedelta, since: datetime, now: datetime) -> timedelta:
    """Tell by how much a source has been left alone for too long, zero when it has not: more than three times `every`.

    Counted from its last poll or from `since` (when the daemon began, or took it up), whichever is later; a site that
    asked us to stay away, or a read still going on (`reading_for`, at most two hours), is no fault.
    """
    if known.not_before and known.not_before > now:
        return timedelta()
    patience = 3 * every + _MARGIN
    if reading_for:
        return max(reading_for - max(patience, LONGEST_READ), timedelta())
    last = max(known.last_poll_at or since, known.not_before or since, since)
    return max(now - last - patience, timedelta())


def _share(source: str) -> float:
    """Give a number from 0 to 1 that belongs to this source in every process."""
    return int.from_bytes(hashlib.sha256(source.encode()).digest()[:8]) / 2**64
