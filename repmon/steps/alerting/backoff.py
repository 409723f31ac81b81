"""When a failed delivery is tried again, and when it is given up."""

import random
from datetime import datetime, timedelta

WAITS = (5.0, 30.0, 120.0, 600.0, 1800.0, 3600.0, 7200.0, 14400.0)
"""Seconds after the first, second … failure; the last repeats."""
GIVE_UP_AFTER = timedelta(hours=24)
TRIES_AT_LEAST = 6
"""However late the first attempt came (the machine was off), a target gets this many: about 45 minutes' worth."""
RETRY_AFTER_AT_MOST = 6 * 3600.0
"""A target that asks for more seconds than this is asked again anyway."""


def next_attempt(
    attempts: int, since: datetime, now: datetime, rng: random.Random, retry_after: float | None = None
) -> datetime | None:
    """When to try again after the `attempts`-th failure, or None to give up after about a day.

    `since` is when the first attempt failed (when the delivery was made, if that was not kept). The wait is spread
    over half to one and a half times its length, so that many deliveries failed by one outage do not come back
    together. `retry_after` is in seconds from now and is never undercut.
    """
    wait = WAITS[min(attempts, len(WAITS)) - 1] * rng.uniform(0.5, 1.5)
    if retry_after is not None:
        wait = max(wait, min(retry_after, RETRY_AFTER_AT_MOST) * rng.uniform(1.0, 1.1))
    at = now + timedelta(seconds=wait)
    if attempts >= TRIES_AT_LEAST and at - since > GIVE_UP_AFTER:
        return None
    return at
