"""How much there is of everything: what the metrics page counts."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from repmon.store.statements import table_of
from repmon.store.tables import DeliveryRow, DraftRow, EventRow, ReviewRow, SourceRow

DELIVERY, DRAFT, EVENT = table_of(DeliveryRow), table_of(DraftRow), table_of(EventRow)
REVIEW, SOURCE = table_of(ReviewRow), table_of(SourceRow)


def reviews_by_source(session: Session) -> dict[str, int]:
    """Count the stored reviews of each source, retired ones included."""
    counts = select(REVIEW.c.source_id, func.count().label("number")).group_by(REVIEW.c.source_id).subquery()
    query = select(SOURCE.c.name, counts.c.number).join(counts, counts.c.source_id == SOURCE.c.id)
    return {row.name: row.number for row in session.connection().execute(query.order_by(SOURCE.c.name))}


def new_since(session: Session, since: datetime) -> int:
    """Count the reviews found since a moment, what first reads brought of old ones left out."""
    found = select(func.count()).select_from(REVIEW).where(REVIEW.c.first_seen_at >= since, REVIEW.c.history.is_(False))
    return session.connection().scalar(found) or 0


def events_by_kind(session: Session) -> dict[str, int]:
    """Count the events ever raised, by kind."""
    query = select(EVENT.c.kind, func.count().label("number")).group_by(EVENT.c.kind).order_by(EVENT.c.kind)
    return {row.kind: row.number for row in session.connection().execute(query)}


def deliveries(session: Session) -> dict[tuple[str, str, str], int]:
    """Count the deliveries by channel, target (its key) and state."""
    by = (DELIVERY.c.channel, DELIVERY.c.target, DELIVERY.c.state)
    query = select(*by, func.count().label("number")).group_by(*by).order_by(*by)
    return {(row.channel, row.target, row.state): row.number for row in session.connection().execute(query)}


def latest_delays(session: Session, limit: int) -> list[float]:
    """Seconds from the making of a message to its delivery, of the last that nothing held back."""
    at_once = (DELIVERY.c.state == "delivered", DELIVERY.c.held_for.is_(None), DELIVERY.c.bundle_id.is_(None))
    query = select(DELIVERY.c.created_at, DELIVERY.c.delivered_at).where(*at_once, DELIVERY.c.delivered_at.is_not(None))
    rows = session.connection().execute(query.order_by(DELIVERY.c.id.desc()).limit(limit))
    return [(row.delivered_at - row.created_at).total_seconds() for row in rows]


def drafts_pending(session: Session) -> int:
    """Count the drafts that wait for a person."""
    waiting = select(func.count()).select_from(DRAFT).where(DRAFT.c.state == "pending", DRAFT.c.outdated.is_(False))
    return session.connection().scalar(waiting) or 0
