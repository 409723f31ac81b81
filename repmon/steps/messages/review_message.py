"""The message about a review: what was said, where, how long ago, why it matters, and what could be answered."""

from datetime import datetime

from repmon.review import Review
from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.excerpt import quoted, quoted_own, snippet
from repmon.steps.messages.figures import age, bare_number, moment, rating
from repmon.steps.messages.parts import Parts, Room
from repmon.steps.messages.review_news import before_and_now, reply_title, review_news
from repmon.steps.messages.why import why
from repmon.wording import say

_TITLES = {
    "review.removed": "title_removed",
    "review.unanswered": "title_unanswered",
    "reply.posted": "title_reply_posted",
    "reply.outdated": "title_reply_outdated",
}


def review_parts(
    facts: Facts, review: Review, now: datetime, desk_url: str | None, room: Room, *, link: str = "", mask: bool = True
) -> Parts:
    """The parts of a message about one review, its words and the draft cut to the room there is.

    `link` is a person's own way to act, in place of the page of the desk.
    """
    reasons = why(facts, review) if room.reasons else ""
    paragraphs = (
        _heading(facts, review, now),
        review_news(facts),
        quoted(said_in(review), room.review, masked=mask) or say("words_none"),
        say("why", {"reasons": reasons}) if reasons else "",
        _draft(facts, room),
    )
    return Parts(_title(facts, review), tuple(filter(None, paragraphs)), _act(facts, desk_url, link))


def said_in(review: Review) -> str:
    """Title and text of a review, one below the other."""
    return "\n".join(filter(None, (review.title, review.text)))


def author_of(review: Review) -> str:
    """The author in quotes, or that there is none."""
    author = snippet(review.author, 60)
    return f"“{author}”" if author else say("author_none")


def where_to_act(facts: Facts, desk_url: str | None, link: str = "") -> str:
    """The address to act on a review at, else the command to read it with; "" for what is about no review."""
    if facts.review_id is None:
        return link
    if link or desk_url:
        return link or f"{(desk_url or '').rstrip('/')}/reviews/{facts.review_id}"
    return f"`repmon show {facts.review_id}`"


def _title(facts: Facts, review: Review) -> str:
    values = {"place": snippet(facts.location_name, 80), "rating": rating(review)}
    if facts.kind == "reply.rejected":
        return say(reply_title(facts), values)
    if facts.kind in _TITLES:
        return say(_TITLES[facts.kind], values)
    if facts.kind == "review.edited":
        old, new = before_and_now(facts)
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
    by = {"age": age(at, now), "moment": moment(at, facts.timezone), "author": author_of(review)}
    return f"{say('heading', place)}\n{say(code, by)}"


def _draft(facts: Facts, room: Room) -> str:
    shown = quoted_own(facts.draft.text, room.draft) if facts.draft and room.draft else ""
    return f"{say('draft')}\n{shown}" if shown else ""


def _act(facts: Facts, desk_url: str | None, link: str) -> str:
    if facts.review_id is None:
        return ""
    if link or desk_url:
        url = where_to_act(facts, desk_url, link)
        return say("act_link" if facts.draft else "act_link_plain", {"url": url})
    values = {"review": facts.review_id, "draft": facts.draft.id if facts.draft else ""}
    return say("act_command" if facts.draft else "act_command_plain", values)
