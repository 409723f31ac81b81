"""Which room of the house writes the message for a kind of event."""

from collections.abc import Callable, Mapping

from repmon.review import EventKind
from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.incident_message import incident_parts
from repmon.steps.messages.parts import Parts, Room, Showing
from repmon.steps.messages.review_message import review_parts
from repmon.steps.messages.system_message import system_parts

Writer = Callable[[Facts, Showing, Room], Parts]


def family_of(kind: EventKind) -> str:
    """`review` for `review.new`, `digest` for `digest`: events that are told in the same way."""
    return kind.partition(".")[0]


def parts_of(facts: Facts, show: Showing, room: Room) -> Parts:
    """The parts of the message for an event. One whose review is no longer kept says what is still known."""
    return WRITERS.get(family_of(facts.kind), _system)(facts, show, room)


def _review(facts: Facts, show: Showing, room: Room) -> Parts:
    if facts.review is None:
        return _system(facts, show, room)
    return review_parts(facts, facts.review, show.now, show.desk_url, room, link=show.link, mask=show.mask)


def _system(facts: Facts, show: Showing, _room: Room) -> Parts:
    return system_parts(facts, show.desk_url)


WRITERS: Mapping[str, Writer] = {"review": _review, "reply": _review, "incident": incident_parts}
"""By family; every other family is news about repmon itself."""
