"""What reviews said in a span of time, and on which side they were."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select, true
from sqlmodel import Session

from repmon.steps.rising import Said
from repmon.store.rates import at_place, of_our_own
from repmon.store.reviews import REVIEW

MOST = 10_000
"""So many of the latest reviews are enough to know what is usual."""

_HAPPY_STARS = 4.0


def said_between(
    session: Session, location: str | None, start: datetime, end: datetime
) -> Sequence[tuple[datetime, Said]]:
    """Unhappy and happy reviews of one place (None: of all) after the start up to the end, the latest first.

    Each with when it was written, else first seen. A review that is neither (three stars, a mixed text) is on no side.
    """
    happy = or_(REVIEW.c.rating >= _HAPPY_STARS, and_(REVIEW.c.rating.is_(None), REVIEW.c.label == "positive"))
    query = (
        select(REVIEW.c.at, REVIEW.c.title, REVIEW.c.text, REVIEW.c.unhappy)
        .where(REVIEW.c.at > start, REVIEW.c.at <= end)
        .where(of_our_own(), true() if location is None else at_place(location))
        .where(REVIEW.c.text != "", or_(REVIEW.c.unhappy, happy))
        .order_by(REVIEW.c.at.desc(), REVIEW.c.id.desc())
        .limit(MOST)
    )
    rows = session.connection().execute(query)
    return [(row.at, Said(f"{row.title}\n{row.text}" if row.title else row.text, bool(row.unhappy))) for row in rows]
