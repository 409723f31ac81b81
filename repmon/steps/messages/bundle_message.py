"""Several events as one plain message: how many and how bad, then each in a few lines, then where to see the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from repmon.steps.alerting.facts import Facts
from repmon.steps.alerting.holding import HOUR
from repmon.steps.messages.excerpt import quoted, snippet
from repmon.steps.messages.families import parts_of
from repmon.steps.messages.layout import QUOTED
from repmon.steps.messages.message import Message, message_of
from repmon.steps.messages.parts import Parts, Room, Showing
from repmon.steps.messages.reference import reference_of
from repmon.steps.messages.review_message import said_in
from repmon.steps.messages.review_news import review_news
from repmon.wording import count, say

SHOWN = 12
"""At most so many events are told one by one."""
_IN_FULL = 160
"""From so many characters for a review on, news of other kinds is told in full."""
_ROOMS = ((SHOWN, _IN_FULL), (SHOWN, 80), (SHOWN, 0), (6, 0), (3, 0), (1, 0))
"""How many are told, and how many characters of each review are quoted, until it fits."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one message carries. `key` is that of its first event; `held_for` is what all waited for; `kinds` counts the
    events of each kind, `unhappy` those about unhappy reviews; `since` is when the first came; `shown` are the first
    few, unhappy ones first.
    """

    key: str
    held_for: str
    kinds: Mapping[str, int]
    unhappy: int
    places: tuple[str, ...]
    since: datetime
    shown: tuple[Facts, ...]
    quiet_hours: str = ""
    per_hour: int = 0

    @property
    def total(self) -> int:
        """How many events it carries."""
        return sum(self.kinds.values())


def render_bundle(
    bundle: Bundle, *, now: datetime, desk_url: str | None, limit: int | None, mask: bool = True
) -> Message:  # fmt: skip
    """The message for several events; `limit` and `mask` as in `render`. Sent again, it bears the same reference."""
    show = Showing(now, desk_url, mask=mask)
    title, reference = _title(bundle, now), reference_of(f"bundle/{bundle.key}")
    for number, words in _ROOMS:
        items = [_item(place, each, show, words) for place, each in enumerate(bundle.shown[:number], start=1)]
        left = bundle.total - len(items)
        paragraphs = (_why(bundle), *items, say("bundle_more", {"n": left}) if left > 0 else "")
        message = message_of(title, paragraphs, _where(bundle, show), reference, desk=desk_url or "")
        if limit is None or len(message.body) <= limit:
            return message
    return message_of(title, paragraphs, _where(bundle, show), reference, desk=desk_url or "", limit=limit)


def _title(bundle: Bundle, now: datetime) -> str:
    more = bundle.held_for == "per_hour"
    values = {
        "what": _what(bundle, more=more),
        "where": _place(bundle) if _about_reviews(bundle) else "",
        "when": say("bundle_last_hour") if more and bundle.since >= now - HOUR else "",
        "unhappy": say("bundle_unhappy", {"n": bundle.unhappy}) if bundle.unhappy and not _unanswered(bundle) else "",
    }
    return say("title_bundle", values)


def _what(bundle: Bundle, *, more: bool) -> str:
    """Count what it carries, by the most telling name that holds for all of it."""
    number, kinds = bundle.total, set(bundle.kinds)
    if more:
        return count(number, "{n} more message", "{n} more messages")
    names = (
        ({"review.new"}, count(number, "{n} new review", "{n} new reviews")),
        ({"review.new", "review.edited"}, count(number, "{n} new or changed review", "{n} new or changed reviews")),
        ({"review.unanswered"}, count(number, "{n} review still unanswered", "{n} reviews still unanswered")),
        ({"source.failing"}, count(number, "{n} source cannot be read", "{n} sources cannot be read")),
        ({"source.recovered"}, count(number, "{n} source can be read again", "{n} sources can be read again")),
        (kinds, count(number, "{n} piece of news", "{n} pieces of news")),
    )
    return next(name for of, name in names if kinds <= of)


def _unanswered(bundle: Bundle) -> bool:
    """All of it is about reviews that wait for an answer, which are unhappy ones anyway."""
    return bundle.held_for != "per_hour" and set(bundle.kinds) == {"review.unanswered"}


def _about_reviews(bundle: Bundle) -> bool:
    return all(kind.startswith(("review.", "reply.")) for kind in bundle.kinds)


def _place(bundle: Bundle) -> str:
    if len(bundle.places) == 1:
        return say("bundle_place", {"place": snippet(bundle.places[0], 80)})
    return count(len(bundle.places), " at {n} place", " at {n} places")


def _why(bundle: Bundle) -> str:
    """Why they come together; what only waited for company needs no explanation."""
    code = f"bundle_{bundle.held_for}"
    known = {"quiet_hours", "per_hour", "snoozed"}
    values = {"hours": bundle.quiet_hours, "per_hour": bundle.per_hour}
    return say(code, values) if bundle.held_for in known else ""


def _item(place: int, facts: Facts, show: Showing, words: int) -> str:
    """One event in a few lines: what it is, what happened to it, what was said, where to act."""
    parts = parts_of(facts, show, Room(review=words, draft=0, reasons=False))
    said = _news(parts, words) if facts.review is None else _review(facts, show, words)
    return "\n".join(filter(None, (f"{place}. {parts.title}", *said, parts.act)))


def _news(parts: Parts, words: int) -> Sequence[str]:
    """What is told of something that is not one review; samples of reviews are left to a message of its own."""
    ours = [each for each in parts.paragraphs if QUOTED not in each]
    return ours if words >= _IN_FULL else ours[:1]


def _review(facts: Facts, show: Showing, words: int) -> Sequence[str]:
    if facts.review is None or not words:
        return ()
    news = "" if facts.kind == "review.edited" else review_news(facts)  # an edit's is in its title
    return news, quoted(" ".join(said_in(facts.review).split()), words, masked=show.mask)


def _where(bundle: Bundle, show: Showing) -> str:
    if not _about_reviews(bundle):
        return ""
    url = show.page("?tab=all")
    return say("bundle_link", {"url": url}) if url else say("bundle_command")
