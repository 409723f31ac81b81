"""The figures of each place for the Places page: gathered in one look at the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from repmon.steps.digest import Ages, Answers, Figures, total
from repmon.store import incidents, places
from repmon.store.places import Brought
from repmon.store.tables import IncidentRow
from repmon.turn.world import World

WEEKS = 12
WEEK, SPAN, DAY = timedelta(weeks=1), timedelta(days=90), timedelta(days=1)
NOTHING = (Figures(),) * (WEEKS + 2)
"""The spans: 90 days before the last 90, the first six of those, and twelve weeks."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor's source beside a place: its last 90 days."""

    name: str
    now: Figures


@dataclass(frozen=True, slots=True)
class Standing:
    """One place (`id` None: the whole business, or what belongs to no place). `weeks` are the last twelve, oldest
    first, `rival_weeks` those of its competitors together; `now` and `before` are 90 days each.
    """

    id: str | None
    weeks: tuple[Figures, ...]
    now: Figures
    before: Figures
    ages: Ages
    answers: Answers
    won_back: int
    incident: IncidentRow | None
    rivals: tuple[Rival, ...]
    rival_weeks: tuple[Figures, ...]


def standings(world: World, seen: tuple[str, ...] | None, now: datetime) -> list[Standing]:
    """Each place of `seen` (None: all), in the order of the configuration; without places the one business."""
    ids: list[str | None] = [place.id for place in world.settings.locations if seen is None or place.id in seen]
    whole = not world.settings.locations
    with world.database.read() as session:
        brought = places.brought(session, seen, bounds(now))
        ages = places.unanswered(session, seen, now)
        answers = places.answered(session, seen, now - SPAN, now, DAY)
        won = places.won_back(session, seen, now - SPAN)
        going_on = {row.location: row for row in incidents.all_open(session)}
    if seen is None and (whole or any(each.location is None and each.role == "own" for each in brought)):
        ids.append(None)
    found = []
    for each in ids:
        here = [one for one in brought if whole or one.location == each]
        found.append(Standing(
            each, *_spans(one.spans for one in here if one.role == "own"),
            ages=_ages([ages[at] for at in ages if whole or at == each]),
            answers=_answers([answers[at] for at in answers if whole or at == each]),
            won_back=sum(number for at, number in won.items() if whole or at == each),
            incident=next((row for at, row in going_on.items() if whole or at == each), None),
            rivals=_rivals(here), rival_weeks=_spans(one.spans for one in here if one.role != "own")[0],
        ))  # fmt: skip
    return found


def bounds(now: datetime) -> list[datetime]:
    """Where the spans begin, and the end of the last."""
    return [now - 2 * SPAN, now - SPAN, *(now - back * WEEK for back in range(WEEKS, -1, -1))]


def _spans(those: Iterable[Sequence[Figures]]) -> tuple[tuple[Figures, ...], Figures, Figures]:
    """The weeks, the last 90 days, and the 90 before."""
    before, *now = total([NOTHING, *those])
    return tuple(now[1:]), sum(now, Figures()), before


def _rivals(here: Sequence[Brought]) -> tuple[Rival, ...]:
    found: dict[str, Figures] = {}
    for one in here:
        if one.role != "own":
            found[one.source] = sum(one.spans[1:], found.get(one.source, Figures()))
    return tuple(Rival(name, figures) for name, figures in sorted(found.items()))


def _ages(those: Sequence[Ages]) -> Ages:
    return Ages(*(sum(getattr(each, name) for each in those) for name in Ages.__dataclass_fields__))


def _answers(those: Sequence[Answers]) -> Answers:
    return Answers(sum(each.due for each in those), sum(each.in_time for each in those))
