"""When to ask again: failures that may pass, how often, and after how long."""

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from repmon.errors import SourceError
from repmon.http.limits import LONGEST_RETRY_AFTER, Limits

T = TypeVar("T")
_FIRST_WAIT = 1.0
_SECONDS = re.compile(r"\d+(\.\d+)?", re.ASCII)


class Passing(Exception):
    """A failure that may pass. `after`: seconds the site asked for; `sent`: the request may have had its effect."""

    def __init__(self, error: SourceError, *, after: float | None = None, sent: bool = True) -> None:
        super().__init__(error)
        self.error = error
        self.after = after
        self.sent = sent


def tried(
    attempt: Callable[[], T], *, again: Callable[[Passing], bool], limits: Limits, rng: random.Random,
    rest: Callable[[float], None],
) -> T:  # fmt: skip
    """What `attempt` gives, tried up to `limits.attempts` times while it raises a Passing that `again` accepts."""
    retrying = Retrying(
        stop=stop_after_attempt(limits.attempts),
        retry=retry_if_exception(lambda error: isinstance(error, Passing) and again(error)),
        wait=lambda state: _wait(state, limits, rng),
        sleep=rest,
        reraise=True,
    )
    try:
        return retrying(attempt)
    except Passing as passing:
        error = passing.error
    raise error  # outside the block above: no library error with its request hangs on to it


def retry_after(given: str | None, site_time: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110 §10.2.3), at most six hours; None when it is no answer.

    A date counts from the site's own clock where it shows one, and is taken one second late: it was cut to the second.
    """
    text = (given or "").strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), LONGEST_RETRY_AFTER)
    then = _date(text)
    if then is None:
        return None
    seconds = (then - (_date(site_time or "") or now)).total_seconds() + 1.0
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def _date(text: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _wait(state: RetryCallState, limits: Limits, rng: random.Random) -> float:
    """Full jitter over a doubling span, so that many clients do not come back as one; never before the site's time."""
    span = min(limits.wait_at_most, _FIRST_WAIT * 2.0 ** (state.attempt_number - 1))
    failure = state.outcome.exception() if state.outcome else None
    asked = failure.after if isinstance(failure, Passing) and failure.after else 0.0
    return asked + rng.uniform(0.0, min(span, 1.0) if asked else span)
