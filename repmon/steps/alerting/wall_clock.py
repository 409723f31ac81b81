"""Times of day by the clock of a place, as moments: one each, on the days when the clock is changed, too."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def moment_at(zone: ZoneInfo, day: date, at: time, *, fold: int = 0) -> datetime:
    """When a clock in the zone shows the time `at` on that day, in UTC.

    A wall time that the clock jumps over is the moment of the jump; of one that comes twice, `fold` 0 is the first and
    1 the second (PEP 495).
    """
    wall = datetime.combine(day, at)
    found = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    return found if found.astimezone(zone).replace(tzinfo=None) == wall else _jump(zone, wall)


def _jump(zone: ZoneInfo, wall: datetime) -> datetime:
    """Find the moment at which the clock passes over a wall time that does not exist (PEP 495 brackets it)."""
    before, after = sorted(int(wall.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    while after - before > 1:
        middle = (before + after) // 2
        passed = datetime.fromtimestamp(middle, zone).replace(tzinfo=None) > wall
        before, after = (before, middle) if passed else (middle, after)
    return datetime.fromtimestamp(after, UTC)
