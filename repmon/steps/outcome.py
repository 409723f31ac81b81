"""What became of a review after it was answered. That it came after the reply is all it says: no cause is claimed."""

from datetime import datetime, timedelta
from typing import Literal

WATCHED = timedelta(days=90)
"""How long after a reply a change still counts as coming after it."""

Outcome = Literal["won_back", "lowered", "removed"]


def figure(rating: float | None, given: float | None, recommended: bool | None) -> float | None:  # noqa: FBT001 - a fact
    """Give the one number a reviewer gave, so that versions compare: stars, else the site's own figure, else 0/1."""
    if rating is not None:
        return rating
    if given is not None:
        return given
    return None if recommended is None else float(recommended)


def watched(answered_at: datetime | None, at: datetime) -> bool:
    """Tell whether something at this moment counts for a review that was answered then."""
    return answered_at is not None and timedelta(0) <= at - answered_at <= WATCHED


def change(before: float | None, now: float | None) -> Outcome | None:
    """Name the change of a figure; None where there is none, or nothing to compare."""
    if before is None or now is None or before == now:
        return None
    return "won_back" if now > before else "lowered"
