"""The questions behind a digest: what came in a span of time, and what stood open at its end.

All count by times up to the end of the span, so that a digest that is sent late, or once more, says the same.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlmodel import Session, col

from repmon.steps.digest import Ages, Answers, Figures, Incidents, Rival
from repmon.store.rates import of_our_own
from repmon.store.statements import table_of
from repmon.store.tables import DraftRow, EventRow, IncidentRow, ReviewRow, SourceRow

REVIEW, SOURCE, DRAFT = table_of(ReviewRow), table_of(SourceRow), table_of(DraftRow)
INCIDENT = table_of(IncidentRow)
Places = Sequence[str] | None
"""Ids of places; None are all reviews, those of no place too."""
SHOWN_LATE = timedelta(days=90)
"""A site shows a review at most so long after it was written: older ones need not be looked at."""
arrived_at = case((REVIEW.c.history, REVIEW.c.at), else_=REVIEW.c.first_seen_at)
"""A review counts when repmon first saw it; what the first read found, when it was written."""
_4_HOURS, _DAY, _3_DAYS = timedelta(hours=4), timedelta(days=1), timedelta(days=3)


def arrivals(session: Session, places: Places, bounds: Sequence[datetime]) -> dict[str | None, list[Figures]]:
    """Figures of each span between two neighbouring bounds (oldest first), by place; our own reviews only."""
    span = case(
        *((and_(arrived_at > start, arrived_at <= end), number)
          for number, (start, end) in enumerate(pairwise(bounds))),
        else_=-1,
    )  # fmt: skip
    rows = session.connection().execute(
        select(REVIEW.c.location, span.label("span"), *_counted())
        .where(of_our_own(), _at(places), _between(bounds[0], bounds[-1]))
        .group_by(REVIEW.c.location, "span")
    )
    found: dict[str | None, list[Figures]] = {}
    for row in rows:
        of_place = found.setdefault(row.location, [Figures()] * (len(bounds) - 1))
        of_place[row.span] = _figures(row)
    return found


def rivals(session: Session, places: Places, start: datetime, end: datetime) -> list[Rival]:
    """What each competitor's source brought, the busiest first."""
    rows = session.connection().execute(
        select(SOURCE.c.name, *_counted())
        .join(REVIEW, REVIEW.c.source_id == SOURCE.c.id)
        .where(SOURCE.c.role == "competitor", SOURCE.c.state != "retired", _at(places), _between(start, end))
        .group_by(SOURCE.c.name)
    )
    found = [Rival(row.name, _figures(row)) for row in rows]
    return sorted(found, key=lambda one: (-one.figures.new, one.name))


def ages(session: Session, places: Places, end: datetime) -> dict[str | None, Ages]:
    """Unhappy reviews without an answer at the end of the span, by place and by how long they had been here."""
    bands = (arrived_at > end - _4_HOURS, arrived_at > end - _DAY, arrived_at > end - _3_DAYS)
    band = case(*((one, number) for number, one in enumerate(bands)), else_=len(bands))
    rows = session.connection().execute(
        select(REVIEW.c.location, band.label("band"), func.count().label("number"))
        .where(_unanswered_at(end), _at(places))
        .group_by(REVIEW.c.location, "band")
    )
    found: dict[str | None, list[int]] = {}
    for row in rows:
        found.setdefault(row.location, [0] * (len(bands) + 1))[row.band] = row.number
    return {place: Ages(*numbers) for place, numbers in found.items()}


def most_urgent(session: Session, places: Places, end: datetime, limit: int) -> Sequence[Any]:
    """Of those the ones that still wait now, awake and not acknowledged: `id, since`; the fewest stars first."""
    awake = or_(REVIEW.c.snoozed_until.is_(None), REVIEW.c.snoozed_until <= end)
    return session.connection().execute(
        select(REVIEW.c.id, arrived_at.label("since"))
        .where(_unanswered_at(end), _at(places), REVIEW.c.state.in_(("open", "drafted")))
        .where(REVIEW.c.acknowledged_at.is_(None), awake)
        .order_by(func.coalesce(REVIEW.c.rating, 2.5), arrived_at, REVIEW.c.id)
        .limit(limit)
    ).all()  # fmt: skip


def answers(session: Session, places: Places, start: datetime, end: datetime, within: timedelta) -> Answers:
    """Unhappy reviews whose answer was due in the span, and those answered in time; what was dismissed or went before
    an answer asks for none.
    """
    rows = session.connection().execute(
        select(REVIEW.c.first_seen_at, REVIEW.c.answered_at)
        .where(of_our_own(), _at(places), REVIEW.c.unhappy, REVIEW.c.history.is_(False))
        .where(REVIEW.c.first_seen_at > start - within, REVIEW.c.first_seen_at <= end - within)
        .where(or_(REVIEW.c.answered_at.is_not(None), REVIEW.c.state.in_(("open", "drafted"))))
    ).all()  # fmt: skip
    in_time = sum(row.answered_at is not None and row.answered_at <= row.first_seen_at + within for row in rows)
    return Answers(len(rows), in_time)


def drafts(session: Session, places: Places, end: datetime) -> int:
    """How many drafts waited for a decision at the end of the span."""
    undecided = or_(DRAFT.c.state == "pending", DRAFT.c.decided_at > end)
    return _number(session, select(func.count()).select_from(DRAFT.join(REVIEW, REVIEW.c.id == DRAFT.c.review_id))
                   .where(DRAFT.c.created_at <= end, undecided, _at(places)))  # fmt: skip


def won_back(session: Session, places: Places, start: datetime, end: datetime) -> int:
    """How many reviewers gave more stars in the span, after an answer."""
    when = and_(REVIEW.c.outcome_at > start, REVIEW.c.outcome_at <= end)
    return _number(session, select(func.count()).select_from(REVIEW)
                   .where(REVIEW.c.outcome == "won_back", when, of_our_own(), _at(places)))  # fmt: skip


def assigned(session: Session, places: Places, person: str, end: datetime) -> int:
    """How many reviews were in a person's hands and without an answer at the end of the span."""
    return _number(session, select(func.count()).select_from(REVIEW)
                   .where(REVIEW.c.assigned_to == person, _unanswered_at(end), _at(places)))  # fmt: skip


def incidents(session: Session, places: Places, start: datetime, end: datetime) -> Incidents:
    """How many began and ended in the span, and how many went on at its end."""
    here = true() if places is None else INCIDENT.c.location.in_(places)
    rows = session.connection().execute(
        select(INCIDENT.c.opened_at, INCIDENT.c.closed_at)
        .where(here, INCIDENT.c.opened_at <= end)
        .where(or_(INCIDENT.c.closed_at.is_(None), INCIDENT.c.closed_at > start))
    ).all()  # fmt: skip
    over = [row.closed_at is not None and row.closed_at <= end for row in rows]
    return Incidents(sum(row.opened_at > start for row in rows), len(rows) - sum(over), sum(over))


def sources(session: Session, places: Places) -> list[SourceRow]:
    """Our own sources that are read now; one that covers several places counts at each."""
    query = select(SourceRow).where(col(SourceRow.role) == "own", col(SourceRow.state) != "retired")
    if places is not None:
        query = query.where(or_(col(SourceRow.location).is_(None), col(SourceRow.location).in_(places)))
    return list(session.scalars(query.order_by(col(SourceRow.id))))


def polls_at(session: Session, key: str) -> Mapping[str, Sequence[int]]:
    """How often each source had been asked, and with success, when the digest with this key was raised; {} unknown."""
    values = session.scalar(select(col(EventRow.values)).where(col(EventRow.key) == key)) or {}
    found: Mapping[str, Sequence[int]] = values.get("polls", {})
    return found


def _counted() -> tuple[ColumnElement[Any], ...]:
    return (
        func.count().label("new"), func.sum(case((REVIEW.c.unhappy, 1), else_=0)).label("unhappy"),
        func.count(REVIEW.c.rating).label("rated"), func.coalesce(func.sum(REVIEW.c.rating), 0.0).label("stars"),
    )  # fmt: skip


def _figures(row: Any) -> Figures:
    return Figures(row.new, int(row.unhappy), row.rated, float(row.stars))


def _between(start: datetime, end: datetime) -> ColumnElement[bool]:
    seen = and_(arrived_at > start, arrived_at <= end, REVIEW.c.first_seen_at <= end)
    return and_(REVIEW.c.at > start - SHOWN_LATE, seen)


def _unanswered_at(end: datetime) -> ColumnElement[bool]:
    """The condition for unhappy reviews of our own that nobody had answered or dismissed by then; of what the first
    read found only where a reply was asked for.
    """
    open_then = or_(
        REVIEW.c.state.in_(("open", "drafted")),
        and_(REVIEW.c.state == "answered", REVIEW.c.answered_at > end),
        and_(REVIEW.c.state == "dismissed", REVIEW.c.dismissed_at > end),
    )
    asked_for = or_(REVIEW.c.history.is_(False), REVIEW.c.state == "drafted")
    return and_(REVIEW.c.unhappy, open_then, asked_for, of_our_own(), REVIEW.c.first_seen_at <= end)


def _at(places: Places) -> ColumnElement[bool]:
    return true() if places is None else REVIEW.c.location.in_(places)


def _number(session: Session, query: Any) -> int:
    found: int = session.connection().scalar(query)
    return found
