"""One message sent once more on purpose: only what was delivered or given up, and on record who wanted it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session

from repmon.errors import DecisionError
from repmon.store import audit, claims
from repmon.store.due import DELIVERY, Waiting, as_waiting
from repmon.store.holds import note


def take(session: Session, delivery_id: int, who: str, *, by: str, now: datetime) -> Waiting:
    """Take a finished message in hand again, alone. DecisionError: unknown, still on its way, or nobody is named."""
    if not by.strip():
        raise DecisionError("desk_nobody")
    mine = DELIVERY.c.id == delivery_id
    row = session.connection().execute(select(DELIVERY).where(mine).with_for_update()).first()
    if row is None:
        raise DecisionError("delivery_unknown", id=delivery_id)
    kept = row.state == "held" and row.held_until is None and row.bundle_id is None
    if row.state not in {"delivered", "failed"} and not kept:
        raise DecisionError("delivery_waiting", id=delivery_id, state=row.state)
    session.connection().execute(
        update(DELIVERY).where(mine).values(
            state="pending", bundle_id=None, held_for=None, held_until=None, next_attempt_at=now, delivered_at=None,
            claimed_by=who, claimed_until=now + claims.LEASE,
        )
    )  # fmt: skip
    note(session, [row], "hold_again", now, {"by": by.strip()})
    audit.append(session, "delivery.repeated", f"delivery/{delivery_id}", actor=by.strip(), at=now,
                 values={"event": row.event_id})  # fmt: skip
    taken = as_waiting(row)
    return Waiting(taken.id, taken.target, taken.event_id, taken.attempts, now, suspect=False, channel=taken.channel,
                   rule=taken.rule, urgent=taken.urgent, asked_by=by.strip())  # fmt: skip
