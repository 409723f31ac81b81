"""Is a source silent because nobody wrote, or because it is not read as it should be? A test, and the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

CHANCE = 0.01
SHORTEST = timedelta(days=7)
HISTORY = timedelta(weeks=26)
"""How far back from its last review a source's usual pace is looked for."""
_LEAST_REVIEWS, _LEAST_WEEKS = 5, 4.0
_SHAPE, _WEEKS = 0.5, 0.5
"""A weak prior: half a review in half a week."""
_LONG = 1.0
"""Weeks between two reviews from which a pace is said as "1 in so many days"."""
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Past:
    """What a source brought: how many reviews in the `weeks` up to its `last` one, and since when it is `watched`."""

    reviews: int
    weeks: float
    last: datetime
    watched: datetime

    @property
    def since(self) -> datetime:
        """When the silence began that was seen with our own eyes."""
        return max(self.last, self.watched)

    @property
    def per_week(self) -> float:
        """The usual number of reviews a week."""
        return (_SHAPE + self.reviews) / (_WEEKS + self.weeks)


@dataclass(frozen=True, slots=True)
class Silence:
    """So many days without a review, how many would be usual in them, and the chance of that if all is well."""

    days: int
    expected: float
    chance: float

    @property
    def suspicious(self) -> bool:
        """Whether the connector should be checked."""
        return self.chance < CHANCE and timedelta(days=self.days) >= SHORTEST


def silence(past: Past, now: datetime) -> Silence | None:
    """How unusual the present silence is, as the pace is not known exactly (gamma-Poisson); None without a history."""
    if past.reviews < _LEAST_REVIEWS or past.weeks < _LEAST_WEEKS or now <= past.since:
        return None
    length = (now - past.since) / _WEEK
    chance = (1 + length / (_WEEKS + past.weeks)) ** -(_SHAPE + past.reviews)
    return Silence((now - past.since).days, past.per_week * length, chance)


def words(found: Silence, past: Past, polls: int, polls_ok: int) -> tuple[str, Mapping[str, object]]:
    """What to say of a source that is read without trouble, as code and values for `repmon.wording`."""
    values = {"ok": polls_ok, "polls": polls, "days": found.days, "expected": _figure(found.expected)}
    if found.suspicious:
        return "source_silent", values
    if past.per_week < _LONG:
        return "source_calm_days", {**values, "every": round(7 / past.per_week)}
    return "source_calm", {**values, "per_week": _figure(past.per_week)}


def _figure(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}"  # noqa: PLR2004 - two digits say enough
