"""How much waits for a person: the figure beside "Inbox"."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session

from repmon.store.desk_views import needing_an_answer
from repmon.store.statements import table_of
from repmon.store.tables import ReviewRow

REVIEW = table_of(ReviewRow)
MOST = 100
"""Counting ends here: nobody acts differently on 137 than on `99+`."""


def waiting(session: Session, locations: Sequence[str] | None, now: datetime) -> int:
    """Count the unhappy reviews without an answer at these places (None: everywhere), at most `MOST`."""
    places = None if locations is None else tuple(locations)
    return session.connection().scalar(_counting(places), {"now": now}) or 0


@lru_cache(maxsize=64)
def _counting(places: tuple[str, ...] | None) -> Select[Any]:
    """Put together once: every page asks it, and that takes longer than running it."""
    query = select(REVIEW.c.id).where(needing_an_answer(bindparam("now", type_=REVIEW.c.at.type)))
    if places is not None:
        query = query.where(REVIEW.c.location.in_(places))
    return select(func.count()).select_from(query.limit(MOST).subquery())
