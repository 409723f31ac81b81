"""Why a review was flagged, in a few words: the figure that decided, and what its text adds."""

from collections.abc import Iterator

from repmon.review import DETRACTOR_NPS, UNHAPPY_SHARE, UNHAPPY_STARS, Reason, Review, Understanding, share_given
from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.excerpt import snippet
from repmon.steps.messages.figures import rating
from repmon.steps.understanding.contradiction import against
from repmon.steps.understanding.said import quotes, said
from repmon.wording import say

_MOST_WORDS = 4


def why(facts: Facts, review: Review) -> str:
    """`1 of 5 stars; “rude” -2.1; about wait`; "" for a review that was not flagged."""
    return "; ".join(_reasons(facts, review)) if facts.unhappy or facts.conflict else ""


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
    given = (review.rating, review.recommended, _nps(review), share_given(review))
    return any(each is not None for each in given)


def _nps(review: Review) -> float | None:
    return review.given if review.scale == "nps" else None


def _low_figure(review: Review) -> bool:
    if review.rating is not None:
        return review.rating <= UNHAPPY_STARS
    nps, share = _nps(review), share_given(review)
    if nps is not None:
        return nps <= DETRACTOR_NPS
    return share <= UNHAPPY_SHARE if share is not None else review.recommended is False


def _words_and_topics(understood: Understanding, skipped: int) -> Iterator[str]:
    found = understood.sentiment
    blaming = [one for one in found.reasons[skipped:] if one.value < 0]
    weighty = against(found) or sorted(blaming, key=lambda reason: reason.value)[:_MOST_WORDS]
    words = [_told(one) for one in weighty]
    if words:
        yield ", ".join(words)
    topics = topics_of(understood)
    if topics:
        yield say("why_topics", {"topics": topics})


def _told(reason: Reason) -> str:
    if quotes(reason):
        return say("why_word", {"word": snippet(reason.text, 40), "value": reason.value})
    return say("why_reason", {"reason": said(reason), "value": reason.value})


def topics_of(understood: Understanding | None) -> str:
    """`wait, staff`: what the review speaks of; "" for nothing known."""
    return ", ".join(snippet(topic.name, 40) for topic in understood.topics) if understood else ""
