"""Ratings and moments as a person reads them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from repmon.review import Review
from repmon.wording import count, say

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_TWO_DAYS = 2 * _DAY


def rating(review: Review) -> str:
    """What the reviewer gave, in the site's own kind of figure: `2 of 5 stars`, `3 of 10`, `not recommended`."""
    if review.rating is not None:
        return stars(review.rating)
    if review.given is not None and review.out_of is not None:
        scale = review.scale.upper() if review.scale in {"nps", "csat", "ces"} else ""
        return f"{scale} {say('rating_of', {'given': f'{review.given:g}', 'out_of': f'{review.out_of:g}'})}".lstrip()
    if review.recommended is not None:
        return say("rating_recommended" if review.recommended else "rating_not_recommended")
    return say("rating_none")


def stars(given: object) -> str:
    """`4 of 5 stars` for a number of stars, `no rating` for anything else."""
    if not isinstance(given, int | float) or isinstance(given, bool):
        return say("rating_none")
    return say("rating_star") if given == 1 else say("rating_stars", {"stars": f"{given:g}"})


def bare_number(given: object) -> str:
    """`4`, for a sentence that goes on with another figure; "" for anything but a number."""
    return f"{given:g}" if isinstance(given, int | float) and not isinstance(given, bool) else ""


def age(since: datetime, now: datetime) -> str:
    """`3 hours ago`; both moments aware. A site's clock may be ahead of ours, so the near future is just now."""
    seconds = int((now - since).total_seconds())
    if seconds < -_DAY:
        return say("in_future")
    if seconds < _MINUTE:
        return say("age_now")
    if seconds < _HOUR:
        return count(seconds // _MINUTE, "{n} minute ago", "{n} minutes ago")
    if seconds < _TWO_DAYS:
        return count(seconds // _HOUR, "{n} hour ago", "{n} hours ago")
    return count(seconds // _DAY, "{n} day ago", "{n} days ago")


def hours_long(hours: object) -> str:
    """`4 hours`, from two days on `3 days`; "" for anything but a positive number of hours."""
    if not isinstance(hours, int | float) or isinstance(hours, bool) or hours <= 0:
        return ""
    whole = max(1, round(hours))
    if whole * _HOUR < _TWO_DAYS:
        return count(whole, "{n} hour", "{n} hours")
    return count(whole * _HOUR // _DAY, "{n} day", "{n} days")


def moment(at: datetime, timezone: str) -> str:
    """`2026-03-01 14:05 CET`: the wall clock of the place; UTC when its zone is not known here."""
    try:
        zone: ZoneInfo | None = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = None
    there = at.astimezone(zone or UTC)
    return f"{there:%Y-%m-%d %H:%M} {there.tzname()}"


def moment_of(stored: object, timezone: str) -> str:
    """The same for a moment kept among an event's values as ISO 8601 text; "" when there is none."""
    try:
        at = datetime.fromisoformat(str(stored))
    except ValueError:
        return ""
    return moment(at if at.tzinfo else at.replace(tzinfo=UTC), timezone)
