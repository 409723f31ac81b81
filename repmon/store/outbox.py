"""The outbox: one row for each event and target, taken in order, sent at least once, and never forgotten.

A failing target makes all its messages wait (`open_until`), so that they arrive in order when it is back. After a
message has failed three times, the next one is tried right after it: if that arrives, it was the message and not the
target, and one poisoned text cannot hold up the rest.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, insert, or_, select, update
from sqlmodel import Session, col

from repmon.store import claims, events
from repmon.store.statements import insert_new, table_of
from repmon.store.tables import AttemptRow, DeliveryRow, EventRow, TargetRow

DELIVERY = table_of(DeliveryRow)
TARGET = table_of(TargetRow)
STUCK = 3
"""A message that failed this often no longer makes the others of its target wait."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The message a target has next, and whether the target is a suspect (its last attempt failed)."""

    id: int
    target: str
    event_id: int
    attempts: int
    created_at: datetime
    suspect: bool


def know_target(session: Session, key: str, masked: str, channel: str) -> None:
    """Make sure that a configured target has its row, and that it does not count as gone."""
    insert_new(session, TargetRow, [{"key": key, "masked": masked, "channel": channel}], ["key"])
    session.connection().execute(
        update(TARGET).where(TARGET.c.key == key).values(masked=masked, channel=channel, retired_at=None)
    )


def put(session: Session, rows: Sequence[Mapping[str, Any]], now: datetime) -> int:
    """Put messages into the outbox (`event_id, target, channel, rule, urgency`); those there already are left alone."""
    filled = [{**row, "created_at": now, "next_attempt_at": now} for row in rows]
    return insert_new(session, DeliveryRow, filled, ["event_id", "target"])


def next_for_each_target(
    session: Session, now: datetime, *, everything: bool = False, but: Collection[int] = ()
) -> list[Waiting]:
    """What may be sent now: the first message of each target that nobody is just sending to, oldest first.

    `but` are those that were tried and failed in this round. `everything` ignores when messages and targets want to
    be tried again, and takes failed ones too.
    """
    states = ("pending", "failed") if everything else ("pending",)
    found = []
    for target in session.scalars(select(TargetRow).order_by(col(TargetRow.last_ok_at))).all():
        if not everything and target.open_until and target.open_until > now:
            continue
        row = _first(session, target, states, now, everything=everything, but=but)
        if row:
            found.append(Waiting(row.id or 0, target.key, row.event_id, row.attempts, row.created_at,
                                 suspect=target.failures > 0))  # fmt: skip
    return sorted(found, key=lambda waiting: waiting.id)


def _first(
    session: Session, target: TargetRow, states: Sequence[str], now: datetime, *, everything: bool,
    but: Collection[int],
) -> DeliveryRow | None:  # fmt: skip
    """The oldest message that is due; where the target itself is in doubt, the oldest once any is due: in order."""
    due = or_(col(DeliveryRow.next_attempt_at).is_(None), col(DeliveryRow.next_attempt_at) <= now)
    claimed = and_(col(DeliveryRow.claimed_by).is_not(None), col(DeliveryRow.claimed_until) > now)
    waiting = (
        select(DeliveryRow)
        .where(col(DeliveryRow.target) == target.key, col(DeliveryRow.state).in_(states))
        .where(col(DeliveryRow.id).not_in(but))
        .order_by(case((claimed, 0), else_=1), col(DeliveryRow.id))
        .limit(1)
    )
    query = waiting if everything else waiting.where(or_(due, claimed))
    if target.failures and not everything:
        query = waiting if session.scalars(query).first() else query
    row = session.scalars(query.with_for_update(skip_locked=True)).first()
    return row if row and claims.is_free(row.claimed_by, row.claimed_until, now) else None


def claim(session: Session, delivery_id: int, who: str, now: datetime) -> None:
    """Take a message in hand before the network is used."""
    _change(session, delivery_id, claimed_by=who, claimed_until=now + claims.LEASE)


def delivered(session: Session, waiting: Waiting, now: datetime, seconds: float) -> None:
    """Write down that a message arrived; the target is proven again."""
    _change(session, waiting.id, state="delivered", delivered_at=now, attempts=waiting.attempts + 1, error=None,
            next_attempt_at=None, permanent=False, claimed_by=None, claimed_until=None)  # fmt: skip
    _attempt(session, waiting.id, now, seconds, None)
    _target(session, waiting.target, failures=0, last_attempt_at=now, last_ok_at=now, open_until=None, error=None)


def not_delivered(
    session: Session, waiting: Waiting, now: datetime, seconds: float, error: Mapping[str, Any],
    *, again_at: datetime | None, permanent: bool,
) -> None:  # fmt: skip
    """Write down a failed try. With `again_at` the message waits until then, and its whole target too unless the
    message is stuck; without, it failed for good, and the owner is told on another channel (one event a target and
    day).
    """
    state = "pending" if again_at else "failed"
    _change(session, waiting.id, state=state, attempts=waiting.attempts + 1, error=dict(error), permanent=permanent,
            next_attempt_at=again_at, claimed_by=None, claimed_until=None)  # fmt: skip
    _attempt(session, waiting.id, now, seconds, error)
    stuck = waiting.attempts + 1 >= STUCK
    _target(session, waiting.target, failures=TARGET.c.failures + 1, last_attempt_at=now,
            open_until=None if stuck else again_at, error=dict(error))  # fmt: skip
    if again_at is None:
        _give_up(session, waiting, now, error)


def undelivered(session: Session) -> int:
    """How many messages are still on their way."""
    waiting = select(DELIVERY.c.id).where(DELIVERY.c.state.in_(("pending", "held")))
    return len(session.connection().execute(waiting).all())


def let_go(session: Session, delivery_id: int) -> None:
    """Give a claimed message back untried (we are stopping)."""
    _change(session, delivery_id, claimed_by=None, claimed_until=None)


def _give_up(session: Session, waiting: Waiting, now: datetime, error: Mapping[str, Any]) -> None:
    event = session.get_one(EventRow, waiting.event_id)
    if event.kind == "delivery.given_up":
        return
    row = session.get_one(DeliveryRow, waiting.id)
    masked = session.scalar(select(TARGET.c.masked).where(TARGET.c.key == waiting.target))
    events.raise_event(
        session, f"delivery.given_up/{waiting.target}/{now.date().isoformat()}", "delivery.given_up", now,
        values={**error, "target": masked, "target_key": waiting.target, "event": event.kind, "event_key": event.key,
                "rule": row.rule, "attempts": row.attempts},
    )  # fmt: skip


def _attempt(
    session: Session, delivery_id: int, now: datetime, seconds: float, error: Mapping[str, Any] | None
) -> None:
    row = {"delivery_id": delivery_id, "at": now, "seconds": round(seconds, 3), "error": dict(error) if error else None}
    session.connection().execute(insert(table_of(AttemptRow)).values(**row))


def _change(session: Session, delivery_id: int, **values: Any) -> None:
    session.connection().execute(update(DELIVERY).where(DELIVERY.c.id == delivery_id).values(**values))


def _target(session: Session, key: str, **values: Any) -> None:
    session.connection().execute(update(TARGET).where(TARGET.c.key == key).values(**values))


def next_due(session: Session) -> datetime | None:
    """Tell when the next message may go out: the earliest of what waits, but not before its target wants to be tried
    again; None when nothing waits. What another process has in hand counts as waiting.
    """
    own_time = func.coalesce(DELIVERY.c.next_attempt_at, DELIVERY.c.created_at, type_=DELIVERY.c.created_at.type)
    waiting = (
        select(func.min(own_time), TARGET.c.open_until)
        .join(TARGET, TARGET.c.key == DELIVERY.c.target)
        .where(DELIVERY.c.state == "pending")
        .group_by(TARGET.c.key, TARGET.c.open_until)
    )
    times = [max(own, opens or own) for own, opens in session.connection().execute(waiting)]
    return min(times, default=None)
