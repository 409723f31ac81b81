"""When a site that has had enough wants to be asked again, in whichever of the ways that are in use it says so."""

import re
from datetime import UTC, datetime

from repmon.http.answer import Answer
from repmon.http.limits import LONGEST_RETRY_AFTER
from repmon.http.retry import retry_after
from repmon.http.strict_json import NotJson, parse

_TOO_MANY = 429
_RESETS = (
    ("ratelimit-resettime", ("ratelimit-remaining", "ratelimit-resourceremaining")),
    ("x-ratelimit-reset", ("x-ratelimit-remaining",)),
    ("ratelimit-reset", ("ratelimit-remaining",)),
)
"""When an allowance is renewed, beside what is left of it. Yelp: https://docs.developer.yelp.com/docs/places-rate-limiting
(ISO 8601, in every answer). Mastodon: https://docs.joinmastodon.org/api/rate-limits (ISO 8601, elsewhere a Unix time).
Reddit: seconds from now. Bluesky: a Unix time."""
_UNIX_TIME = 1e9
"""Below it a figure is seconds from now: no allowance takes thirty years to come back."""
_AVAILABLE_IN = re.compile(r"available in (\d{1,6}) seconds")
"""Stack Exchange, https://api.stackexchange.com/docs/throttle."""


def asked_patience(answer: Answer, now: datetime) -> float | None:
    """Seconds from now, at most six hours; None where the site does not say. A Retry-After counts before the rest."""
    given = retry_after(answer.headers.get("retry-after"), answer.headers.get("date"), now)
    if given is not None:
        return given
    seconds = _until_renewed(answer, now) if answer.status == _TOO_MANY else None
    seconds = _spelt_out(answer) if seconds is None else seconds
    return None if seconds is None else min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def throttle_violation(answer: Answer) -> bool:
    """Whether it is Stack Exchange's "too many requests", which comes under status 400."""
    found = _object(answer)
    return found.get("error_name") == "throttle_violation"


def _until_renewed(answer: Answer, now: datetime) -> float | None:
    """By the header that goes with an allowance that is used up; one of which something is left is not the reason."""
    for reset, remaining in _RESETS:
        left = [float(given) for name in remaining if _is_figure(given := answer.headers.get(name, ""))]
        seconds = _seconds(answer.headers.get(reset, "").strip(), now)
        if seconds is not None and (not left or min(left) < 1):
            return seconds
    return None


def _seconds(given: str, now: datetime) -> float | None:
    if _is_figure(given):
        figure = float(given)
        return figure - now.timestamp() if figure > _UNIX_TIME else figure
    try:
        then = datetime.fromisoformat(given)
        return ((then if then.tzinfo else then.replace(tzinfo=UTC)) - now).total_seconds() + 1.0
    except (ValueError, OverflowError):
        return None


def _is_figure(given: str) -> bool:
    return re.fullmatch(r"\s*\d{1,12}(\.\d+)?\s*", given, re.ASCII) is not None


def _spelt_out(answer: Answer) -> float | None:
    said = _AVAILABLE_IN.search(str(_object(answer).get("error_message", "")))
    return float(said[1]) + 1.0 if said else None


def _object(answer: Answer) -> dict[str, object]:
    try:
        found = parse(answer.text())
    except NotJson:
        return {}
    return found if isinstance(found, dict) else {}
