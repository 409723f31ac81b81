"""One event as plain text for a person: what happened, why it matters, where to act."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.alert_template import alert_text, template_for
from repmon.steps.messages.families import parts_of
from repmon.steps.messages.parts import Parts, Room, Showing
from repmon.steps.messages.reference import reference_of
from repmon.steps.plain import cut, one_line
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

Links = Callable[[Facts], str]
"""Where a person acts on an event; "" for the page that is right for everybody."""


@dataclass(frozen=True, slots=True)
class Message:
    """Plain text; not yet made safe for any one service (`defuse` does that). `reference` is in the body too.

    Services that show more than characters read the looks from the text (`layout`); `desk` is the address below which
    links are ours. `html` is a whole document for mail in place of those looks, `pictures` the content id and the PNG
    bytes of what it shows; `thread` is the same for all messages about the same thing. Services of text alone take
    the first three.
    """

    title: str
    body: str
    reference: str
    desk: str = ""
    html: str | None = None
    pictures: tuple[tuple[str, bytes], ...] = ()
    thread: str = ""


def render(
    facts: Facts, *, now: datetime, desk_url: str | None, limit: int | None, links: Links | None = None,
    templates: Mapping[str, str] | None = None, mask: bool = True,
) -> Message:  # fmt: skip
    """The message for an event; `limit` is the characters its body may have, None for any number.

    `links` gives a person's own link to act by, `templates` the channel's own words by family of event.
    Without `mask` phone numbers, mail addresses and cards in a review's text stay readable.
    Where room is short the draft goes first, then words of the review, then reasons; where to act stays.
    """
    show = Showing(now, desk_url, links(facts) if links else "", mask=mask)
    reference = reference_of(facts.key)
    template = template_for(facts.kind, templates or {})
    for room in _ROOMS:
        parts = parts_of(facts, show, room)
        if template:
            parts = Parts(parts.title, (alert_text(template, facts, parts, show, room, reference),))
        body = _body(parts.paragraphs, parts.act, reference)
        if limit is None or len(body) <= limit:
            break
    return Message(
        one_line(parts.title, TITLE_LIMIT), body if limit is None else fit(body, limit), reference, desk_url or "",
        thread=thread_of(facts),
    )  # fmt: skip


def message_of(
    title: str, paragraphs: Sequence[str], act: str, reference: str, *, desk: str = "", thread: str = "",
    limit: int | None = None,
) -> Message:  # fmt: skip
    """A message from paragraphs of one's own, which then looks like every other.

    Strangers' words belong in `quoted` lines or in a `snippet`; `act` says where to go, in a line such as `Read on:
    ADDRESS`; the reference is added.
    """
    body = _body(paragraphs, act, reference)
    fitted = body if limit is None else fit(body, limit)
    return Message(one_line(title, TITLE_LIMIT), fitted, reference, desk, thread=thread)


def fit(body: str, limit: int) -> str:
    """The body cut to `limit` characters so that its last paragraph (where to act) stays whole if at all possible."""
    if len(body) <= limit:
        return body
    rest, gap, end = body.rpartition("\n\n")
    room = limit - len(gap) - len(end)
    return f"{cut(rest, room)}{gap}{end}" if gap and room > 0 else cut(body, limit)


def thread_of(facts: Facts) -> str:
    """What the messages about one review, one incident or one source have in common; "" for none. Tells nothing."""
    if facts.review is not None:
        about: tuple[str, ...] = ("review", facts.review.source, facts.review.place, facts.review.external_id)
    elif facts.kind.startswith("incident."):
        about = ("incident", *facts.key.split("/")[1:2])
    elif facts.kind.startswith("source.") and facts.source:
        about = ("source", facts.source)
    else:
        return ""
    return hashlib.sha256("\n".join(about).encode()).hexdigest()[:24]


def _body(paragraphs: Sequence[str], act: str, reference: str) -> str:
    end = "\n".join(filter(None, (act, say("reference", {"reference": reference}))))
    return "\n\n".join((*filter(None, paragraphs), end))
