"""A moment in the past as a person types it: a day, a full date and time, or how long ago."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from repmon.config.units import Wrong, duration
from repmon.wording import _


class Since(click.ParamType[str]):
    """A day (`2026-03-01`), a moment (ISO 8601) or a length of time before now (`7d`); given as text, checked."""

    name = "when"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is neither; which moment it is depends on the zone of the business."""
        try:
            moment_of(value, "UTC", datetime.now(UTC))
        except ValueError:
            self.fail(_("{value!r} is no day like 2026-03-01 and no length of time like 7d.").format(value=value),
                      param, ctx)  # fmt: skip
        return value


def moment_of(given: str, timezone: str, now: datetime) -> datetime:
    """Find the moment that `Since` stands for; days begin by the clock of the business. ValueError."""
    try:
        return now - duration(given)
    except (Wrong, OverflowError):
        moment = datetime.fromisoformat(given)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))
