"""What reviews blamed, review by review, for a digest to compare one week with those before."""

from datetime import datetime

from sqlalchemy import select, true
from sqlmodel import Session

from repmon.store.digest_figures import REVIEW, Places
from repmon.store.incidents import blamed
from repmon.store.rates import of_our_own

MOST = 10_000
"""So many of the latest reviews are enough to know what is usual."""


def blamed_between(
    session: Session, places: Places, start: datetime, end: datetime
) -> list[tuple[datetime, frozenset[str]]]:
    """Our own reviews after the start up to the end, the latest first: when written, and the topics they blame."""
    rows = session.connection().execute(
        select(REVIEW.c.at, REVIEW.c.topics)
        .where(of_our_own(), true() if places is None else REVIEW.c.location.in_(places))
        .where(REVIEW.c.at > start, REVIEW.c.at <= end, REVIEW.c.first_seen_at <= end)
        .order_by(REVIEW.c.at.desc(), REVIEW.c.id.desc())
        .limit(MOST)
    ).all()  # fmt: skip
    return list(zip((row.at for row in rows), blamed(row.topics for row in rows), strict=True))
