"""From what a connector read to a review in our words: UTC, 0-5 stars, plain text; and a hash that tells edits."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from repmon.connector import Reply, SiteReview
from repmon.errors import ItemUnreadable
from repmon.review import OwnerReply, ReplyStanding, Review
from repmon.steps.clean import plain, split_translation

STARS = 5.0
AHEAD = timedelta(days=2)
"""How far a site's clock may be ahead of ours; a review from later than that has no known date."""
FIELD_LIMIT = 1_000
TEXT_LIMIT = 1_000_000
_UNSTORABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def normalise(
    given: SiteReview, source: str, timezone: str | None, now: datetime,
    standings: Mapping[str, ReplyStanding] = MappingProxyType({}),
) -> Review:  # fmt: skip
    """One site's review in our words. ItemUnreadable names the field that cannot be one of a review.

    `standings`: what the site's words for its moderation of replies mean (`Connector.reply_states`).
    """
    text, translation = split_translation(given.text or "")
    return Review(
        source=source,
        external_id=_identifier(given.id),
        place=_identifier(given.place or ""),
        kind=given.kind,
        scale=given.scale,
        rating=_stars(given),
        given=given.rating,
        out_of=given.out_of if given.rating is not None else None,
        recommended=given.recommended,
        title=_line(given.title),
        text=_text(text),
        translation=_text(translation),
        author=_line(given.author),
        url=_address(given.url),
        language=_line(given.language)[:35],
        written_at=_moment(given.written_at, "written_at", timezone, now),
        edited_at=_moment(given.edited_at, "edited_at", timezone, now),
        reply=owner_reply(given.reply, timezone, now, standings),
    )


def content_hash(given: SiteReview) -> str:
    """What the reviewer said, as 32 hex digits: changes when they edit it, and not when the site translates it anew,
    when the owner replies, or when a later repmon cleans texts differently.
    """
    original, _translation = split_translation(given.text or "")
    parts = (given.title or "", original.strip(), given.rating, given.out_of, given.scale, given.recommended)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _stars(given: SiteReview) -> float | None:
    """The rating on 0-5 stars. Sites write 0 where nobody rated, so 0 stars is no rating; an NPS of 0 is an answer."""
    rating = given.rating
    if rating is None:
        return None
    if given.out_of <= 0:
        raise ItemUnreadable("out_of", "scale_impossible", out_of=given.out_of)
    if not 0 <= rating <= given.out_of:
        raise ItemUnreadable("rating", "rating_out_of_range", rating=rating, out_of=given.out_of)
    if given.scale != "stars" or rating == 0:
        return None
    return round(rating / given.out_of * STARS, 2)


def _moment(given: datetime | None, field: str, timezone: str | None, now: datetime) -> datetime | None:
    if given is None:
        return None
    if given.tzinfo is None:
        if timezone is None:
            raise ItemUnreadable(field, "time_without_zone")
        given = given.replace(tzinfo=ZoneInfo(timezone))
    try:
        moment = given.astimezone(UTC)
    except OverflowError:
        return None
    return moment if moment <= now + AHEAD else None


def owner_reply(
    given: Reply | None, timezone: str | None, now: datetime, standings: Mapping[str, ReplyStanding]
) -> OwnerReply | None:
    """The owner's answer in our words; None for one without words."""
    if given is None or not given.text.strip():
        return None
    state = _line(given.state) or None
    standing = standings.get(state, "waiting") if state and standings else "shown"
    return OwnerReply(_text(given.text), _moment(given.at, "reply", timezone or "UTC", now), state, standing,
                      _line(given.reason)[:200])  # fmt: skip


def _text(given: str | None) -> str:
    return plain(given[:TEXT_LIMIT]) if given else ""


def _line(given: str | None) -> str:
    return " ".join(plain(given[:FIELD_LIMIT]).split()) if given else ""


def _identifier(given: str) -> str:
    """An id as the site gave it, but for control characters, which no database takes: those are spelt out."""
    if given.isprintable():
        return given
    return _UNSTORABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", given)


def _address(given: str | None) -> str:
    """A link a person may follow: http and https only, since a page may carry `javascript:` or `data:` links."""
    if not given:
        return ""
    link = "".join(character for character in given if character.isprintable()).strip()
    return link[: FIELD_LIMIT * 2] if link.lower().startswith(("https://", "http://")) else ""
