"""The words of the trade: what a review is, what its text says, and what is worth knowing about it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["review", "mention", "survey"]
Scale = Literal["stars", "nps", "csat", "ces", "thumb"]
Label = Literal["positive", "mixed", "neutral", "negative", "unknown"]
ReviewState = Literal["open", "drafted", "answered", "dismissed", "removed"]
ReplyStanding = Literal["shown", "waiting", "rejected"]
SourceState = Literal["ok", "busy", "failing", "paused", "retired"]
DraftState = Literal["pending", "approved", "posting", "posted", "unknown", "failed", "rejected", "outdated"]
DeliveryState = Literal["pending", "held", "delivered", "failed"]
EventKind = Literal[
    "review.new", "review.edited", "review.removed", "review.unanswered",
    "reply.posted", "reply.rejected", "reply.outdated",
    "source.failing", "source.recovered", "source.quiet", "source.first_read",
    "incident.opened", "incident.updated", "incident.closed",
    "rating.dropped", "delivery.given_up", "daemon.restarted", "digest",
]  # fmt: skip

UNHAPPY_STARS = 2.0
DETRACTOR_NPS = 6.0
UNHAPPY_SHARE = 0.5
HAPPY_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class OwnerReply:
    """The owner's answer as the site has it; `state` and `reason` are the site's own words about its moderation.

    `standing` is what they mean: everybody sees it, it waits to be checked, or it was turned down.
    """

    text: str
    at: datetime | None = None
    state: str | None = None
    standing: ReplyStanding = "shown"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """One review in our words: plain text, UTC, 0-5 stars or None; never a made-up rating.

    `rating` is stars only. `given` is the number as the site gave it, on its own `scale` (an NPS 5 is no 5 stars).
    `text` is what the reviewer wrote; `translation` the site's own machine translation of it, where it sent one.
    """

    source: str
    external_id: str
    place: str = ""
    kind: Kind = "review"
    scale: Scale = "stars"
    rating: float | None = None
    given: float | None = None
    out_of: float | None = None
    recommended: bool | None = None
    title: str = ""
    text: str = ""
    translation: str = ""
    author: str = ""
    url: str = ""
    language: str = ""
    written_at: datetime | None = None
    edited_at: datetime | None = None
    reply: OwnerReply | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Words of the text and what they add to the score; the parts of a score sum to it exactly."""

    text: str
    value: float


@dataclass(frozen=True, slots=True)
class Sentiment:
    """What the text says. `compound` is vaderSentiment's figure for the cleaned text, -1..1.

    `raw` is the sum of the reasons, `score` the same squashing of `raw` (raw / sqrt(raw² + 15)), and the label comes
    from `score`. `conflict` says that stars and words disagree. `language` is what the text was read as, "" unknown.
    """

    label: Label
    compound: float = 0.0
    raw: float = 0.0
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    conflict: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something the review names (`wait`, `staff` …), the words that show it, and how it speaks of it."""

    name: str
    words: tuple[str, ...] = ()
    polarity: Literal["positive", "negative", "mixed", "neutral"] = "neutral"


@dataclass(frozen=True, slots=True)
class Understanding:
    """A review's sentiment and topics together: what the pipeline stores beside it."""

    sentiment: Sentiment
    topics: tuple[Topic, ...] = field(default=())


def is_unhappy(review: Review, sentiment: Sentiment | None, corrected: Label | None = None) -> bool:
    """Unhappy, everywhere the word is used: a person's correction wins; else stars ≤ 2; else NPS ≤ 6, the lower half
    of a CSAT or CES scale, or not recommended; else the text's label is negative. Stars and survey answers, where
    given, settle it alone.
    """
    if corrected is not None:
        return corrected == "negative"
    if review.rating is not None:
        return review.rating <= UNHAPPY_STARS
    if review.scale == "nps" and review.given is not None:
        return review.given <= DETRACTOR_NPS
    share = share_given(review)
    if share is not None:
        return share <= UNHAPPY_SHARE
    if review.recommended is not None:
        return not review.recommended
    return sentiment is not None and sentiment.label == "negative"


def share_given(review: Review) -> float | None:
    """What a CSAT or CES question was answered with, as a part of the best answer; None for every other scale.

    As the trade counts them: satisfied are the two top boxes of five (5-7 of 7 for effort), unhappy is the lower half,
    1-2 of 5 and 1-3 of 7. More is better here; a scale on which 1 is the best was turned over when it was read.
    """
    if review.scale not in {"csat", "ces"} or review.given is None or not review.out_of:
        return None
    return review.given / review.out_of
