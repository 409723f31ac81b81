"""Events: each thing worth knowing, raised once under its key, waiting to be routed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, or_, select, update
from sqlmodel import Session, col

from repmon.review import EventKind
from repmon.steps.alerting.rules import Decision
from repmon.store.statements import insert_new, table_of
from repmon.store.tables import DecisionRow, EventRow, ReviewRow

ATTEMPTS = 3
"""How often deciding about one event may fail before it is set aside."""


def raise_event(
    session: Session, key: str, kind: EventKind, at: datetime, *, source_id: int | None = None,
    review_id: int | None = None, draft_id: int | None = None, location: str | None = None,
    values: Mapping[str, object] | None = None,
) -> bool:  # fmt: skip
    """Say that something happened; false when it was said before."""
    row = {"key": key, "kind": kind, "at": at, "source_id": source_id, "review_id": review_id, "draft_id": draft_id,
           "location": location, "values": dict(values or {})}  # fmt: skip
    return insert_new(session, EventRow, [row], ["key"]) == 1


def unrouted(session: Session, now: datetime, limit: int) -> list[EventRow]:
    """The oldest events nobody has decided about yet, those of reviews only once the review is understood."""
    ready = or_(
        col(EventRow.review_id).is_(None),
        col(ReviewRow.id).is_(None),
        col(ReviewRow.step) == "done",
        col(ReviewRow.quarantined_at).is_not(None),
    )
    waited = or_(col(EventRow.next_attempt_at).is_(None), col(EventRow.next_attempt_at) <= now)
    query = (
        select(EventRow)
        .outerjoin(ReviewRow, col(ReviewRow.id) == col(EventRow.review_id))
        .where(col(EventRow.routed_at).is_(None), col(EventRow.quarantined_at).is_(None), ready, waited)
        .order_by(col(EventRow.id))
        .limit(limit)
    )
    return list(session.scalars(query))


def routing_failed(session: Session, event_id: int, error: Mapping[str, object], now: datetime) -> None:
    """Count a failed decision; the third sets the event aside, out of the way of all others."""
    event = session.get_one(EventRow, event_id)
    event.attempts += 1
    event.error = dict(error)
    event.quarantined_at = now if event.attempts >= ATTEMPTS else None


def retry_set_aside(session: Session, source_id: int) -> None:
    """Let the events of a source that were set aside be decided about again."""
    table = table_of(EventRow)
    session.connection().execute(
        update(table)
        .where(table.c.source_id == source_id, table.c.quarantined_at.is_not(None))
        .values(attempts=0, quarantined_at=None, next_attempt_at=None, error=None)
    )


def routed(session: Session, event_id: int, decisions: Sequence[Decision], now: datetime) -> bool:
    """Write down what was decided about an event, and why; false when somebody else had decided already."""
    table = table_of(EventRow)
    claimed = session.connection().execute(
        update(table).where(table.c.id == event_id, table.c.routed_at.is_(None)).values(routed_at=now)
    )
    if not claimed.rowcount:
        return False
    rows = [
        {"event_id": event_id, "position": position, "rule": each.rule, "matched": each.matched, "sends": each.sends,
         "code": each.code, "values": dict(each.values), "at": now}
        for position, each in enumerate(decisions)
    ]  # fmt: skip
    if rows:
        session.connection().execute(insert(table_of(DecisionRow)), rows)
    return True
