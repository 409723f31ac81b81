"""The page of one review: its words and why they count, the reply, and everything that happened."""

from dataclasses import dataclass
from typing import Any, get_args

from starlette.responses import Response

from repmon.review import Label, Understanding
from repmon.store.handles import Row
from repmon.store.reviews import as_understanding
from repmon.web.entry import figure, state_badges
from repmon.web.happened import story
from repmon.web.off_topic import taught_by
from repmon.web.reply import reply, safe_link
from repmon.web.routing import shows
from repmon.web.visit import Visit
from repmon.web.whole import UNDECIDED, Whole, number_of, whole
from repmon.web.words import summed, versions, words

LABELS = tuple(label for label in get_args(Label) if label != "unknown")


@dataclass(frozen=True, slots=True)
class Acts:
    """What this visitor may do with the review now."""

    decide: bool
    overrule: bool
    snoozed: bool
    assigned: bool


def _review(visit: Visit) -> Response:
    """Show one review."""
    known = whole(visit, number_of(visit))
    row, settings = known.review, visit.world.settings
    understood = as_understanding(row)
    business = settings.business_of(row.location)
    return visit.page(
        "review.html", row=row, figure=figure(row), badges_shown=state_badges(row, visit.now),
        place=business.name if row.location else "",
        words=words(row, understood, everything="all" in visit.request.query_params), understood=understood,
        sum=summed(understood.sentiment) if understood else None, versions=versions(row, known.versions),
        reply=reply(visit, known), earlier=[each for each in known.drafts if each is not known.draft],
        story=story(known, business.timezone), notes=known.notes, link=safe_link(row.url), labels=LABELS,
        acts=_acts(visit, row), words_say=_words_say(understood), can_ask=_can_ask(known),
        taught=taught_by(visit, row),
    )  # fmt: skip


def _words_say(understood: Understanding | None) -> str:
    """What the words alone read, where they speak against the stars: the other side."""
    if understood is None:
        return "unknown"
    return {"negative": "positive", "positive": "negative"}.get(understood.sentiment.label, understood.sentiment.label)


def _can_ask(known: Whole) -> bool:
    """Whether a draft can be asked for: the review waits for an answer, and nothing else waits for a decision."""
    waiting = known.draft is not None and known.draft.state in UNDECIDED
    return known.review.state in {"open", "drafted"} and known.review.step == "done" and not waiting


def _acts(visit: Visit, row: Row[Any]) -> Acts:
    snoozed, assigned, ends = row.snoozed_until, row.assigned_to, row.assigned_until
    return Acts(
        decide=visit.visitor.may("manager"), overrule=visit.visitor.may("owner"),
        snoozed=snoozed is not None and snoozed > visit.now,
        assigned=assigned is not None and (ends is None or ends > visit.now),
    )  # fmt: skip


ROUTES = (shows("/reviews/{id:int}", _review),)
