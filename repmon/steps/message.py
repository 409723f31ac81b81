"""One event as plain text for a person: what happened, why it matters, where to act."""

from dataclasses import dataclass
from datetime import datetime

from repmon.steps.facts import Facts
from repmon.steps.parts import Parts, Room
from repmon.steps.plain import cut, one_line
from repmon.steps.reference import reference_of
from repmon.steps.review_message import review_parts
from repmon.steps.system_message import system_parts
from repmon.wording import say

TITLE_LIMIT = 200
_ROOMS = (
    Room(review=1000, draft=1000),
    Room(review=1000, draft=400),
    Room(review=600, draft=250),
    Room(review=400, draft=0),
    Room(review=200, draft=0),
    Room(review=100, draft=0, reasons=False),
)


@dataclass(frozen=True, slots=True)
class Message:
    """Plain text; not yet made safe for any one service (`defuse` does that). `reference` is in the body too."""

    title: str
    body: str
    reference: str


def render(facts: Facts, *, now: datetime, desk_url: str | None, limit: int | None) -> Message:
    """The message for an event; `limit` is the characters its body may have, None for any number.

    Where room is short the draft goes first, then words of the review, then reasons; where to act stays.
    """
    reference = reference_of(facts.key)
    for room in _ROOMS:
        parts = _parts(facts, now, desk_url, room)
        body = "\n\n".join((*parts.paragraphs, _end(parts, reference)))
        if limit is None or len(body) <= limit:
            break
    return Message(one_line(parts.title, TITLE_LIMIT), body if limit is None else fit(body, limit), reference)


def fit(body: str, limit: int) -> str:
    """The body cut to `limit` characters so that its last paragraph (where to act) stays whole if at all possible."""
    if len(body) <= limit:
        return body
    rest, gap, end = body.rpartition("\n\n")
    room = limit - len(gap) - len(end)
    return f"{cut(rest, room)}{gap}{end}" if gap and room > 0 else cut(body, limit)


def _parts(facts: Facts, now: datetime, desk_url: str | None, room: Room) -> Parts:
    if facts.review is None:
        return system_parts(facts, desk_url)
    return review_parts(facts, facts.review, now, desk_url, room)


def _end(parts: Parts, reference: str) -> str:
    return "\n".join(filter(None, (parts.act, say("reference", {"reference": reference}))))
