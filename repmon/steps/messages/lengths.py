"""Lengths of time in words."""

from datetime import timedelta

from repmon.wording import count

_UNITS = (
    (timedelta(days=1), "{n} day", "{n} days"), (timedelta(hours=1), "{n} hour", "{n} hours"),
    (timedelta(minutes=1), "{n} minute", "{n} minutes"),
)  # fmt: skip


def length_words(length: timedelta) -> str:
    """A length of time in words: `90 seconds`, `15 minutes`, `6 hours`, `2 days`."""
    for unit, one, many in _UNITS:
        if length >= unit and length % unit == timedelta():
            return count(length // unit, one, many)
    return count(max(1, round(length / timedelta(seconds=1))), "{n} second", "{n} seconds")
