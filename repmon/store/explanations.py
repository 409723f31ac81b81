"""Why somebody was told about a review, or was not: all that was written down when it was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from repmon.store import views
from repmon.store.holds import DECISION
from repmon.store.slots import ATTEMPT
from repmon.store.views import DELIVERY, EVENT


@dataclass(frozen=True, slots=True)
class Explanation:
    """Rows in the order of what happened: `events`, the rules looked at for each (`decisions`), the `deliveries`, what
    each waited for (`holds`, with the delivery's id in `values`), and each try (`attempts`: `delivery_id`, `at`,
    `seconds`, `error`), those of a message that carried another's among them.
    """

    events: Sequence[Row[Any]]
    decisions: Sequence[Row[Any]]
    deliveries: Sequence[Row[Any]]
    holds: Sequence[Row[Any]]
    attempts: Sequence[Row[Any]]

    def holds_of(self, delivery_id: int) -> list[Row[Any]]:
        """What one message waited for, in order."""
        return [each for each in self.holds if each.values.get("delivery") == delivery_id]

    def attempts_of(self, delivery: Row[Any]) -> list[Row[Any]]:
        """The tries of a message: its own, and those of the one that carried it."""
        return [each for each in self.attempts if each.delivery_id in {delivery.id, delivery.bundle_id}]

    def next_try(self, delivery: Row[Any]) -> datetime | None:
        """When a message that failed is tried again; None where none was, or none is to come."""
        waits = delivery.state == "pending" and self.attempts_of(delivery)
        return delivery.next_attempt_at if waits else None

    def why_no_message(self, event: Row[Any]) -> str:
        """The code of why an event has no message of its own."""
        if event.routed_at is None:
            return "explain_undecided"
        folded = any(each.event_id == event.id and each.code == "incident_folded" for each in self.decisions)
        return "explain_folded" if folded else "explain_nobody"


def explanation(session: Session, review_id: int) -> Explanation:
    """Everything about a review's alerts; all empty where nothing was worth knowing, or there is no such review."""
    told = list(views.delivery_rows(session, review_id=review_id))[::-1]
    return Explanation(
        views.events_of(session, review_id), views.decisions_of(session, review_id), told,
        _holds(session, review_id), _attempts(session, review_id),
    )  # fmt: skip


def _holds(session: Session, review_id: int) -> Sequence[Row[Any]]:
    query = (
        select(DECISION)
        .join(EVENT, EVENT.c.id == DECISION.c.event_id)
        .where(EVENT.c.review_id == review_id, DECISION.c.code.like("hold\\_%", escape="\\"))
        .order_by(DECISION.c.id)
    )
    return session.connection().execute(query).all()


def _attempts(session: Session, review_id: int) -> Sequence[Row[Any]]:
    mine = select(DELIVERY.c.id, DELIVERY.c.bundle_id).join(EVENT, EVENT.c.id == DELIVERY.c.event_id)
    rows = session.connection().execute(mine.where(EVENT.c.review_id == review_id)).all()
    ids = {number for row in rows for number in row if number}
    query = select(ATTEMPT).where(ATTEMPT.c.delivery_id.in_(sorted(ids))).order_by(ATTEMPT.c.id)
    return session.connection().execute(query).all() if ids else []
