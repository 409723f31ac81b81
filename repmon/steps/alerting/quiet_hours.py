"""Quiet hours by the wall clock of a place, as moments: right on the days when the clock is changed, too."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from repmon.steps.alerting.wall_clock import moment_at


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From and until when a channel is left in peace, by the clock of `zone`; may pass midnight."""

    start: time
    end: time
    zone: str
    urgent_passes: bool = True


def quiet_until(hours: QuietHours, now: datetime) -> datetime | None:
    """When the quiet hours around `now` (aware) end, in UTC; None when it is not quiet.

    A night begins and ends once. A wall time that the clock jumps over is the moment of the jump; one that comes twice
    is the first at the beginning and the second at the end, so that a longer night is quiet throughout.
    """
    zone = ZoneInfo(hours.zone)
    today = now.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        start = moment_at(zone, day, hours.start, fold=0)
        end = moment_at(zone, day if hours.start < hours.end else day + timedelta(days=1), hours.end, fold=1)
        if start <= now < end:
            return end
    return None
