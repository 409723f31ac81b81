"""The outbox: one row for each event and target, taken in order, sent at least once, and never forgotten.

A failing target makes all its messages wait (`open_until`), so that they arrive in order when it is back. After a
message has failed three times, the next one is tried right after it: if that arrives, it was the message and not the
target, and one poisoned text cannot hold up the rest.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, insert, or_, select, update
from sqlmodel import Session

from repmon.store import claims, due, events
from repmon.store.due import UNSENT, Waiting
from repmon.store.statements import insert_new, table_of
from repmon.store.tables import AttemptRow, DeliveryRow, EventRow, TargetRow

DELIVERY = table_of(DeliveryRow)
TARGET = table_of(TargetRow)
FREE = {"claimed_by": None, "claimed_until": None}
STUCK = 3
"""A message that failed this often no longer makes the others of its target wait."""


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


def waiting_of(session: Session, event_id: int) -> list[Waiting]:
    """The messages about one event that nobody has tried yet."""
    rows = select(DELIVERY).where(DELIVERY.c.event_id == event_id, DELIVERY.c.attempts == 0).order_by(DELIVERY.c.id)
    return [due.as_waiting(row) for row in session.connection().execute(rows)]


def try_again(session: Session, now: datetime) -> None:
    """Let everything that failed for good wait once more; what travelled together stays together."""
    carried = DELIVERY.c.bundle_id.is_not(None)
    session.connection().execute(
        update(DELIVERY)
        .where(DELIVERY.c.state == "failed")
        .values(state=case((carried, "held"), else_="pending"), next_attempt_at=now, permanent=False)
    )


def claim(session: Session, delivery_id: int, who: str, now: datetime) -> None:
    """Take a message in hand before the network is used."""
    _change(session, delivery_id, claimed_by=who, claimed_until=now + claims.LEASE)


def delivered(session: Session, waiting: Waiting, now: datetime, seconds: float) -> None:
    """Write down that a message arrived, and with it all that it carried; the target is proven again."""
    _end(session, waiting, state="delivered", delivered_at=now, attempts=waiting.attempts + 1, error=None,
         next_attempt_at=None, permanent=False, held_until=None)  # fmt: skip
    _attempt(session, waiting.id, now, seconds, None)
    _target(session, waiting.target, failures=0, last_attempt_at=now, last_ok_at=now, open_until=None, error=None)


def not_delivered(
    session: Session, waiting: Waiting, now: datetime, seconds: float, error: Mapping[str, Any],
    *, again_at: datetime | None, permanent: bool,
) -> None:  # fmt: skip
    """Write down a failed try. With `again_at` the message waits until then, and its whole target too unless the
    message is stuck; without, it failed for good with all that it carried, and the owner is told on another channel
    (one event a target and day).
    """
    if again_at is None:
        _end(session, waiting, state="failed", attempts=waiting.attempts + 1, error=dict(error), permanent=permanent,
             next_attempt_at=None, held_until=None)  # fmt: skip
    else:
        _change(session, waiting.id, state="pending", attempts=waiting.attempts + 1, error=dict(error),
                permanent=False, next_attempt_at=again_at, held_until=None, **FREE)  # fmt: skip
    _attempt(session, waiting.id, now, seconds, error)
    stuck = waiting.attempts + 1 >= STUCK
    _target(session, waiting.target, failures=TARGET.c.failures + 1, last_attempt_at=now,
            open_until=None if stuck else again_at, error=dict(error))  # fmt: skip
    if again_at is None:
        _give_up(session, waiting, now, error)


def undelivered(session: Session) -> int:
    """How many messages are still on their way."""
    carried = DELIVERY.c.bundle_id.is_not(None)
    waiting = select(func.count()).select_from(DELIVERY).where(UNSENT, or_(due.ON_ITS_OWN, carried))
    return session.connection().scalar(waiting) or 0


def let_go(session: Session, delivery_id: int) -> None:
    """Give a claimed message back untried (we are stopping)."""
    _change(session, delivery_id, **FREE)


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


def _end(session: Session, waiting: Waiting, **values: Any) -> None:
    """The same end for a message and for those it carries."""
    mine = or_(DELIVERY.c.id == waiting.id, DELIVERY.c.bundle_id == waiting.id)
    session.connection().execute(
        update(DELIVERY).where(DELIVERY.c.target == waiting.target, UNSENT, mine).values(**values, **FREE)
    )


def _change(session: Session, delivery_id: int, **values: Any) -> None:
    session.connection().execute(update(DELIVERY).where(DELIVERY.c.id == delivery_id).values(**values))


def _target(session: Session, key: str, **values: Any) -> None:
    session.connection().execute(update(TARGET).where(TARGET.c.key == key).values(**values))
