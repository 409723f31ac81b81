"""How often somebody may guess: some tries at once, then one after ever longer waits. Pure arithmetic."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FORGOTTEN_AFTER = timedelta(days=1)
_DOUBLINGS = 20
"""More would overflow before it mattered."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`free` tries without waiting, then a wait of `first` that doubles with each further try up to `longest`."""

    free: int
    first: timedelta
    longest: timedelta


SIGN_IN = Pace(5, timedelta(seconds=30), timedelta(minutes=15))
"""At most 5 + about 4 an hour: 100 guesses a day against passwords of twelve characters."""
PIN = Pace(5, timedelta(minutes=15), timedelta(days=1))
"""A PIN of six digits has a million forms: five guesses, then about one a day."""


def next_try(tries: int, last: datetime, pace: Pace, now: datetime) -> datetime | None:
    """Tell when the next try is allowed after so many failed ones, None when it is now.

    A last try in the future (the clock was put back) never makes anybody wait longer than the wait itself.
    """
    if tries < pace.free:
        return None
    wait = min(pace.first * 2 ** min(tries - pace.free, _DOUBLINGS), pace.longest)
    at = min(last, now) + wait
    return at if at > now else None


def counted(tries: int, last: datetime, now: datetime) -> int:
    """How many of the failed tries still count: none after a day without one."""
    return 0 if now - last >= FORGOTTEN_AFTER else tries
