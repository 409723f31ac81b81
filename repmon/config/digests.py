"""Summaries that come by themselves: [[digests]]."""

from datetime import time, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from repmon.config import units
from repmon.config.fields import Duration, OneOrMore, Slug
from repmon.config.model import Table
from repmon.config.units import Wrong

Clock = Annotated[str, AfterValidator(lambda given: f"{units.clock(given):%H:%M}")]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Digest(Table):
    """What happened at the `locations` (none named: at those of each channel), told every day or week."""

    name: Slug
    every: Literal["day", "week"] = "week"
    on: Weekday = "monday"
    at: Clock = "08:00"
    """By the clock of its places where they share one, else of the business."""
    notify: Annotated[OneOrMore[str], Field(min_length=1)]
    locations: OneOrMore[str] = ()
    answer_within: Duration = timedelta(hours=24)
    """How soon an unhappy review should be answered."""

    @model_validator(mode="after")
    def _a_day_has_no_weekday(self) -> Self:
        if self.every == "day" and "on" in self.model_fields_set:
            raise Wrong("config_digest_on")
        return self

    @property
    def time(self) -> time:
        """The time of day at which it is due."""
        return units.clock(self.at)


def default_digests(channels: tuple[str, ...]) -> tuple[Digest, ...]:
    """Send one a week, on Monday morning."""
    return (Digest(name="weekly", notify=channels),) if channels else ()
