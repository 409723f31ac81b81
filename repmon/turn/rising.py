"""What guests begin to say more often: this week held against the weeks before, for praise and for complaint."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from repmon.steps.rising import Rising
from repmon.steps.rising import rising as rising_in
from repmon.store.said import said_between
from repmon.turn.world import World

WEEK = timedelta(days=7)
WEEKS_BEFORE = 8
_LEAST_BEFORE = timedelta(days=7)
"""With less than a week before this one, nothing can be called usual."""


@dataclass(frozen=True, slots=True)
class RisingPhrases:
    """Phrases on the rise, most certain first, in the week up to `until`; `weeks` is how long before was looked at."""

    praise: tuple[Rising, ...]
    complaint: tuple[Rising, ...]
    until: datetime
    weeks: float

    def usual(self, phrase: Rising) -> float:
        """How many reviews a week had the phrase before."""
        return phrase.before / self.weeks if self.weeks else 0.0


def rising(world: World, location: str | None, now: datetime) -> RisingPhrases:
    """Compare the last seven days of one place (None: of all together) with the eight weeks before."""
    with world.database.read() as session:
        said = said_between(session, location, now - (WEEKS_BEFORE + 1) * WEEK, now)
    recent = [one for at, one in said if at > now - WEEK]
    earlier = [(at, one) for at, one in said if at <= now - WEEK]
    span = now - WEEK - earlier[-1][0] if earlier else timedelta()
    if span < _LEAST_BEFORE:
        return RisingPhrases((), (), now, 0.0)
    found = rising_in(recent, [one for _, one in earlier])
    return RisingPhrases(
        tuple(one for one in found if one.side == "praise"), tuple(one for one in found if one.side == "complaint"),
        now, span / WEEK,
    )  # fmt: skip
