"""What a person does with a review itself: later, not at all, who, what it is, and words to colleagues."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from starlette.responses import Response

from repmon import desk
from repmon.desk.ask import ask_for_draft
from repmon.errors import DecisionError
from repmon.store import decisions
from repmon.turn.drafting import draft
from repmon.turn.world import World
from repmon.web.review import LABELS
from repmon.web.routing import does
from repmon.web.visit import Visit
from repmon.web.whole import mine, number_of

if TYPE_CHECKING:
    from repmon.review import Label

MORNING = time(8)
PRESETS = ("1h", "4h", "tomorrow", "3d", "7d")
_SPANS = {"1h": timedelta(hours=1), "4h": timedelta(hours=4), "3d": timedelta(days=3), "7d": timedelta(days=7)}
_PATIENCE = 2.0
"""Seconds to wait for the thread that understands and drafts; the draft comes with its next turn otherwise."""


def _acting(act: Callable[[Visit, int], str]) -> Callable[[Visit], Response]:
    """Do something with the review in the address, and say so on its page; `act` gives the code of what is said."""

    def handler(visit: Visit) -> Response:
        number = number_of(visit)
        mine(visit, number)
        return visit.back(f"/reviews/{number}", act(visit, number), id=number, to=visit.field("to"))

    return handler


def _snooze(visit: Visit, number: int) -> str:
    chosen = visit.field("until")
    until = None if chosen == "wake" else _moment(visit, chosen)
    desk.snooze_review(visit.world, number, until, by=visit.visitor.name)
    return "did_snooze" if until else "did_wake"


def _note(visit: Visit, number: int) -> str:
    desk.add_note(visit.world, number, visit.field("text"), by=visit.visitor.name)
    return "did_note"


def _assign(visit: Visit, number: int) -> str:
    to = visit.field("to").strip()
    until = _moment(visit, visit.field("until")) if to and visit.field("until") else None
    desk.assign_review(visit.world, number, to or None, until, by=visit.visitor.name)
    return "did_assign" if to else "did_unassign"


def _label(visit: Visit, number: int) -> str:
    label = visit.field("label")
    if label not in {*LABELS, "none"}:
        raise DecisionError("label_unknown")
    given = None if label == "none" else cast("Label", label)
    unhappy = desk.correct_label(visit.world, number, given, by=visit.visitor.name)
    return "did_label_unhappy" if unhappy else "did_label"


def _dismiss(visit: Visit, number: int) -> str:
    desk.dismiss_review(visit.world, number, visit.field("reason"), by=visit.visitor.name)
    return "did_dismiss"


def _reopen(visit: Visit, number: int) -> str:
    desk.reopen_review(visit.world, number, by=visit.visitor.name)
    return "did_reopen"


def _seen(visit: Visit, number: int) -> str:
    desk.acknowledge_review(visit.world, number, by=visit.visitor.name)
    return "did_see"


def _draft(visit: Visit, number: int) -> str:
    """Ask for a draft, and write it right away unless the pipeline is at work."""
    ask_for_draft(visit.world, number, by=visit.visitor.name)
    if not _written(visit.world):
        return "did_ask_draft"
    with visit.world.database.read() as session:
        found = decisions.undecided_of(session, number)
    return "did_draft" if found else "did_no_draft"


def _written(world: World) -> bool:
    if not world.processing.acquire(timeout=_PATIENCE):
        return False
    try:
        draft(world)
    finally:
        world.processing.release()
    return True


def _moment(visit: Visit, chosen: str) -> datetime:
    """The moment a preset or a `datetime-local` field means, by the clock of the business; DecisionError."""
    zone = ZoneInfo(visit.world.settings.business.timezone)
    if chosen in _SPANS:
        return visit.now + _SPANS[chosen]
    if chosen == "tomorrow":
        day = visit.now.astimezone(zone).date() + timedelta(days=1)
        return datetime.combine(day, MORNING, zone)
    try:
        at = datetime.fromisoformat(visit.field("at") if chosen == "at" else chosen)
    except ValueError:
        raise DecisionError("moment_unclear") from None
    return at if at.tzinfo else at.replace(tzinfo=zone)


ROUTES = tuple(
    does(f"/reviews/{{id:int}}/{name}", _acting(act))
    for name, act in {
        "snooze": _snooze, "note": _note, "assign": _assign, "label": _label, "dismiss": _dismiss, "reopen": _reopen,
        "seen": _seen, "draft": _draft,
    }.items()
)  # fmt: skip
