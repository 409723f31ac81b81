"""The questions behind listings: reviews, drafts, deliveries and sources as a person asks to see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlmodel import Session

from repmon.store.search import matching
from repmon.store.statements import table_of
from repmon.store.tables import DecisionRow, DeliveryRow, DraftRow, EventRow, ReviewRow, SourceRow, TargetRow

REVIEW, SOURCE, DRAFT = table_of(ReviewRow), table_of(SourceRow), table_of(DraftRow)
DELIVERY, EVENT, TARGET = table_of(DeliveryRow), table_of(EventRow), table_of(TargetRow)
DECISION = table_of(DecisionRow)
WHEN = REVIEW.c.at
_REVIEWS = select(REVIEW, SOURCE.c.name.label("source")).join(SOURCE, SOURCE.c.id == REVIEW.c.source_id)
_DELIVERIES = (
    select(DELIVERY, EVENT.c.kind, EVENT.c.review_id, EVENT.c.key,
           func.coalesce(TARGET.c.masked, DELIVERY.c.target).label("masked"))
    .join(EVENT, EVENT.c.id == DELIVERY.c.event_id)
    .outerjoin(TARGET, TARGET.c.key == DELIVERY.c.target)
    .order_by(DELIVERY.c.id.desc())
)  # fmt: skip
"""Made once: putting so many columns together takes longer than asking for one row."""


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which reviews; what is left out (None, False) does not matter. `since` is when written, else first seen."""

    source: str | None = None
    location: str | None = None
    state: str | None = None
    label: str | None = None
    unhappy: bool = False
    since: datetime | None = None
    search: str | None = None


def review_ids(session: Session, wanted: ReviewFilter = ReviewFilter()) -> list[int]:
    """Number the matching reviews, newest first. All of them: a number is small, a review is not."""
    query = (
        select(REVIEW.c.id)
        .join(SOURCE, SOURCE.c.id == REVIEW.c.source_id)
        .where(*_conditions(session, wanted))
        .order_by(WHEN.desc(), REVIEW.c.id.desc())
    )
    return list(session.connection().scalars(query))


def reviews_by_id(session: Session, ids: Sequence[int]) -> list[Row[Any]]:
    """Those reviews, each with its source's name as `source`, in the given order; erased ones are left out."""
    query = _REVIEWS.where(REVIEW.c.id.in_(ids))
    found = {row.id: row for row in session.connection().execute(query)}
    return [found[each] for each in ids if each in found]


def draft_rows(
    session: Session, states: Sequence[str] = (), *, review_id: int | None = None, limit: int | None = None
) -> Sequence[Row[Any]]:
    """Drafts, newest first."""
    query = select(DRAFT).order_by(DRAFT.c.id.desc()).limit(limit)
    if states:
        query = query.where(DRAFT.c.state.in_(states))
    if review_id is not None:
        query = query.where(DRAFT.c.review_id == review_id)
    return session.connection().execute(query).all()


def delivery_rows(
    session: Session, states: Sequence[str] = (), *, review_id: int | None = None, ids: Sequence[int] | None = None,
    limit: int | None = None,
) -> Sequence[Row[Any]]:  # fmt: skip
    """Deliveries, newest first, each with its event's `kind`, `review_id` and `key`, and its target `masked`."""
    query = _DELIVERIES.limit(limit)
    if states:
        query = query.where(DELIVERY.c.state.in_(states))
    if review_id is not None:
        query = query.where(EVENT.c.review_id == review_id)
    if ids is not None:
        query = query.where(DELIVERY.c.id.in_(ids))
    return session.connection().execute(query).all()


def events_of(session: Session, review_id: int) -> Sequence[Row[Any]]:
    """List what was worth knowing about a review, oldest first."""
    query = select(EVENT).where(EVENT.c.review_id == review_id).order_by(EVENT.c.id)
    return session.connection().execute(query).all()


def decisions_of(session: Session, review_id: int) -> Sequence[Row[Any]]:
    """Each rule that was looked at for the events of a review, in the order of the rules."""
    query = (
        select(DECISION)
        .join(EVENT, EVENT.c.id == DECISION.c.event_id)
        .where(EVENT.c.review_id == review_id, DECISION.c.code.not_like("hold\\_%", escape="\\"))
        .order_by(DECISION.c.event_id, DECISION.c.position)
    )
    return session.connection().execute(query).all()


def _conditions(session: Session, wanted: ReviewFilter) -> list[ColumnElement[bool]]:
    label = func.coalesce(REVIEW.c.corrected_label, REVIEW.c.label, "unknown")
    conditions = [
        *(column == value for column, value in (
            (SOURCE.c.name, wanted.source), (REVIEW.c.location, wanted.location), (REVIEW.c.state, wanted.state),
            (label, wanted.label),
        ) if value is not None),
    ]  # fmt: skip
    if wanted.unhappy:
        conditions.append(REVIEW.c.unhappy)
    if wanted.since is not None:
        conditions.append(wanted.since <= WHEN)
    if wanted.search is not None:
        conditions.append(matching(session, wanted.search))
    return conditions
