"""When a digest is due by the wall clock of a place, and which span of time it tells of: pure calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from repmon.steps.alerting.wall_clock import moment_at

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LATE_BY_DAY, LATE_BY_WEEK = timedelta(hours=20), timedelta(days=3)
"""So much later a digest is still worth sending; then the next one is near, or it is old news."""
_DAY, _WEEK = 1, 7


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every day, or every week on `weekday` (0 is Monday; None every day), at a time of day in the zone."""

    at: time
    zone: str
    weekday: int | None = None

    @property
    def days(self) -> int:
        """How many days a period has."""
        return _DAY if self.weekday is None else _WEEK

    @property
    def late(self) -> timedelta:
        """How long after it was due a digest is still sent."""
        return LATE_BY_DAY if self.weekday is None else LATE_BY_WEEK


@dataclass(frozen=True, slots=True)
class Period:
    """What a digest tells of: what came after `start`, up to `end` (UTC), when it is due; `day` is that date there."""

    day: date
    start: datetime
    end: datetime


def last_due(rhythm: Rhythm, now: datetime) -> Period:
    """The latest period that is over at `now` (aware)."""
    today = now.astimezone(ZoneInfo(rhythm.zone)).date()
    days = (today - timedelta(days=back) for back in range(_WEEK + 2))
    return next(
        found
        for day in days
        if rhythm.weekday in {None, day.weekday()} and (found := period_on(rhythm, day)).end <= now
    )


def period_on(rhythm: Rhythm, day: date) -> Period:
    """The period that ends on a day, whichever weekday that is."""
    return Period(day, _moment(rhythm, day - timedelta(days=rhythm.days)), _moment(rhythm, day))


def period_until(rhythm: Rhythm, now: datetime) -> Period:
    """As much time as a period has, up to now."""
    zone = ZoneInfo(rhythm.zone)
    there = now.astimezone(zone)
    start = moment_at(zone, there.date() - timedelta(days=rhythm.days), there.time())
    return Period(there.date(), start, now)


def bounds(rhythm: Rhythm, period: Period, number: int) -> list[datetime]:
    """The ends of the `number` periods up to this one, and before them the start of the first, oldest first."""
    return [*reversed(list(_starts(rhythm, period, number))), period.end]


def _starts(rhythm: Rhythm, period: Period, number: int) -> Iterator[datetime]:
    """Starts of this period and those before it; where it was not cut at the usual hour, they were not either."""
    zone = ZoneInfo(rhythm.zone)
    yield period.start
    at = period.start.astimezone(zone)
    for back in range(1, number):
        yield moment_at(zone, at.date() - timedelta(days=back * rhythm.days), at.time())


def _moment(rhythm: Rhythm, day: date) -> datetime:
    return moment_at(ZoneInfo(rhythm.zone), day, rhythm.at)
