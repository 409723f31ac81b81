"""The message about a review: what was said, where, how long ago, why it matters, and what could be answered."""

from collections.abc import Iterator
from datetime import datetime

from repmon.review import DETRACTOR_NPS, UNHAPPY_STARS, Review, Understanding
from repmon.steps.excerpt import quoted, quoted_own, snippet
from repmon.steps.facts import Facts
from repmon.steps.figures import age, bare_number, moment, rating, stars
from repmon.steps.parts import Parts, Room
from repmon.wording import say

_TITLES = {
    "review.removed": "title_removed",
    "review.unanswered": "title_unanswered",
    "reply.posted": "title_reply_posted",
    "reply.rejected": "title_reply_rejected",
    "reply.outdated": "title_reply_outdated",
}
_MOST_WORDS = 4


def review_parts(facts: Facts, review: Review, now: datetime, desk_url: str | None, room: Room) -> Parts:
    """The parts of a message about one review, its words and the draft cut to the room there is."""
    said = "\n".join(filter(None, (review.title, review.text)))
    paragraphs = (
        _heading(facts, review, now),
        _news(facts),
        quoted(said, room.review) or say("words_none"),
        _why(facts, review) if room.reasons else "",
        _draft(facts, room),
    )
    return Parts(_title(facts, review), tuple(filter(None, paragraphs)), _act(facts, desk_url))


def _title(facts: Facts, review: Review) -> str:
    values = {"place": snippet(facts.location_name, 80), "rating": rating(review)}
    if facts.kind in _TITLES:
        return say(_TITLES[facts.kind], values)
    if facts.kind == "review.edited":
        old, new = _before_and_now(facts)
        if old != new:
            before = bare_number(facts.values["old_rating"]) or old
            return say("title_changed", {**values, "old": before, "new": new})
        return say("title_edited", values)
    if facts.unhappy:
        return say("title_unhappy", values)
    return say("title_conflict" if facts.conflict else "title_new", values)


def _heading(facts: Facts, review: Review, now: datetime) -> str:
    at, code = review.written_at or facts.at, "written" if review.written_at else "undated"
    if facts.kind == "review.edited" and review.edited_at:
        at, code = review.edited_at, "edited"
    place = {"place": snippet(facts.location_name, 80), "source": snippet(facts.source, 80), "rating": rating(review)}
    author = snippet(review.author, 60)
    by = {"age": age(at, now), "moment": moment(at, facts.timezone), "author": f"“{author}”" if author else ""}
    by["author"] = by["author"] or say("author_none")
    return f"{say('heading', place)}\n{say(code, by)}"


def _news(facts: Facts) -> str:
    source = {"source": snippet(facts.source, 80)}
    if facts.kind == "review.edited":
        old, new = _before_and_now(facts)
        return say("before_and_now", {"old": old, "new": new}) if old != new else ""
    if facts.kind == "reply.rejected":
        reason = snippet(str(facts.values.get("reason") or ""), 200)
        return say("reply_rejected" if reason else "reply_rejected_unexplained", {**source, "reason": reason})
    if facts.kind in {"reply.posted", "reply.outdated"}:
        return say(facts.kind.replace(".", "_"), source)
    return ""


def _before_and_now(facts: Facts) -> tuple[str, str]:
    if "old_rating" not in facts.values or "new_rating" not in facts.values:
        return "", ""
    return _figure(facts, "old"), _figure(facts, "new")


def _figure(facts: Facts, which: str) -> str:
    """Stars, or where the site has none its own figure; how far its scale goes is not kept with the event."""
    number = facts.values[f"{which}_rating"]
    return stars(number) if number is not None else bare_number(facts.values.get(f"{which}_given")) or stars(None)


def _why(facts: Facts, review: Review) -> str:
    if not (facts.unhappy or facts.conflict):
        return ""
    reasons = list(_reasons(facts, review))
    return say("why", {"reasons": "; ".join(reasons)})


def _reasons(facts: Facts, review: Review) -> Iterator[str]:
    """What makes it unhappy, in the order in which `is_unhappy` looks; then what the words add."""
    understood = facts.understanding
    label = understood.sentiment.label if understood else "unknown"
    if facts.unhappy and _low_figure(review):
        yield say("why_rating", {"rating": rating(review)})
    elif facts.unhappy and label != "negative":
        yield say("why_corrected")
    elif facts.unhappy and not _leads(review):
        yield say("why_label", {"label": label})
    if facts.conflict:
        yield say("why_conflict")
    if understood:
        yield from _words_and_topics(understood, skipped=int(_leads(review)))


def _leads(review: Review) -> bool:
    """Tell whether stars or an answer lead: they are then the first reason, and said in the heading already."""
    return review.rating is not None or review.recommended is not None or _nps(review) is not None


def _nps(review: Review) -> float | None:
    return review.given if review.scale == "nps" else None


def _low_figure(review: Review) -> bool:
    if review.rating is not None:
        return review.rating <= UNHAPPY_STARS
    nps = _nps(review)
    return nps <= DETRACTOR_NPS if nps is not None else review.recommended is False


def _words_and_topics(understood: Understanding, skipped: int) -> Iterator[str]:
    weighty = sorted(understood.sentiment.reasons[skipped:], key=lambda reason: reason.value)[:_MOST_WORDS]
    words = [say("why_word", {"word": snippet(one.text, 40), "value": one.value}) for one in weighty if one.value < 0]
    if words:
        yield ", ".join(words)
    topics = [snippet(topic.name, 40) for topic in understood.topics]
    if topics:
        yield say("why_topics", {"topics": ", ".join(topics)})


def _draft(facts: Facts, room: Room) -> str:
    shown = quoted_own(facts.draft.text, room.draft) if facts.draft and room.draft else ""
    return f"{say('draft')}\n{shown}" if shown else ""


def _act(facts: Facts, desk_url: str | None) -> str:
    if facts.review_id is None:
        return ""
    if desk_url:
        url = f"{desk_url.rstrip('/')}/reviews/{facts.review_id}"
        return say("act_link" if facts.draft else "act_link_plain", {"url": url})
    values = {"review": facts.review_id, "draft": facts.draft.id if facts.draft else ""}
    return say("act_command" if facts.draft else "act_command_plain", values)
