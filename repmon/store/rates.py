"""How many reviews a place gets, and how unhappy they are: counted by the database, span by span."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlmodel import Session

from repmon.steps.alerting.bursts import Span
from repmon.steps.alerting.rating_drop import BySource
from repmon.store.statements import table_of
from repmon.store.tables import ReviewRow, SourceRow

REVIEW, SOURCE = table_of(ReviewRow), table_of(SourceRow)


def of_our_own() -> ColumnElement[bool]:
    """The condition for reviews and survey answers about one's own places; a mention elsewhere is neither."""
    own = select(SOURCE.c.id).where(SOURCE.c.role == "own")
    return and_(REVIEW.c.source_id.in_(own), REVIEW.c.kind != "mention")


def at_place(location: str | None) -> ColumnElement[bool]:
    """The condition for reviews of one place; None are those of no place in particular."""
    return REVIEW.c.location.is_(None) if location is None else REVIEW.c.location == location


def spans(session: Session, location: str | None, bounds: Sequence[tuple[datetime, datetime]]) -> list[Span]:
    """Count a place's reviews after the start up to the end of each pair; the pairs must not overlap.

    A review counts when it was written, else first seen, whether or not it brought an alert, or is still shown.
    """
    at = REVIEW.c.at
    which = case(*((and_(at > start, at <= end), place) for place, (start, end) in enumerate(bounds)), else_=-1)
    rows = session.connection().execute(
        select(which.label("span"), func.count(), func.sum(case((REVIEW.c.unhappy, 1), else_=0)))
        .where(at_place(location), of_our_own(), at > min(start for start, _ in bounds))
        .group_by("span")
    )
    found = {row[0]: Span(row[1], int(row[2])) for row in rows}
    return [found.get(place, Span()) for place in range(len(bounds))]


def stars(session: Session, bounds: tuple[datetime, datetime, datetime]) -> Mapping[str | None, BySource]:
    """How often each number of stars was given, by place and source, before and after the middle of the bounds."""
    start, middle, end = bounds
    at = REVIEW.c.at
    late = case((at > middle, 1), else_=0)
    rows = session.connection().execute(
        select(REVIEW.c.location, REVIEW.c.source_id, late.label("late"), REVIEW.c.rating, func.count())
        .where(of_our_own(), REVIEW.c.rating.is_not(None), at > start, at <= end)
        .group_by(REVIEW.c.location, REVIEW.c.source_id, "late", REVIEW.c.rating)
    )
    found: dict[str | None, dict[int, tuple[dict[float, int], dict[float, int]]]] = {}
    for location, source_id, is_late, rating, number in rows:
        found.setdefault(location, {}).setdefault(source_id, ({}, {}))[is_late][rating] = number
    return found
