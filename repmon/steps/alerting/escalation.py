"""Which step of an escalation an unanswered review has reached: the highest one that is due, and only that."""

from collections.abc import Sequence
from datetime import datetime, timedelta

DEFAULT_AFTER = (timedelta(hours=24),)
"""Where the file says nothing about escalation, rules may still ask for `review.unanswered`: it comes after a day."""
TOO_OLD = timedelta(days=7)
"""A step this long overdue is passed over: whoever switches escalation on is not told of last year."""


def step_due(after: Sequence[timedelta], since: datetime, now: datetime) -> int | None:
    """The number (from 1) of the longest step that has passed; None before the first, or when it is long past.

    After a stop of three days one message comes, from the highest step, and not one from each.
    """
    due = [number for number, length in enumerate(after, start=1) if since + length <= now]
    if not due:
        return None
    number = max(due, key=lambda each: (after[each - 1], each))
    return number if now - since - after[number - 1] < TOO_OLD else None


def next_step(after: Sequence[timedelta], number: int) -> int | None:
    """The step that follows; None when this is the last."""
    later = [each for each, length in enumerate(after, start=1) if length > after[number - 1]]
    return min(later, key=lambda each: after[each - 1], default=None)


def looked_back(after: Sequence[timedelta]) -> timedelta:
    """How old an unanswered review may be to matter for any step."""
    return max(after, default=timedelta()) + TOO_OLD
