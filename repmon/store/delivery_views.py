"""The outbox as a person pages through it, and letting what was given up be tried once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, update
from sqlmodel import Session

from repmon.steps.alerting.holding import DropCode
from repmon.store import holds
from repmon.store.due import UNSENT
from repmon.store.statements import table_of
from repmon.store.tables import DeliveryRow, EventRow, TargetRow

DELIVERY, EVENT, TARGET = table_of(DeliveryRow), table_of(EventRow), table_of(TargetRow)
COUNTED = 1_000
"""Counting ends here: nobody acts differently on 1,370 than on `999+`."""
_KEPT = and_(DELIVERY.c.state == "held", DELIVERY.c.held_for.in_(get_args(DropCode)))
_OF_STATE = {
    "waiting": and_(UNSENT, or_(DELIVERY.c.held_for.is_(None), DELIVERY.c.held_for.not_in(get_args(DropCode)))),
    "kept": and_(UNSENT, _KEPT),
    "delivered": DELIVERY.c.state == "delivered",
    "failed": DELIVERY.c.state == "failed",
}
STATES = tuple(_OF_STATE)
"""What can be asked for; `kept` are messages that were held until nobody needed them any more."""
SHOWN = (
    *(DELIVERY.c[name] for name in (
        "id", "event_id", "target", "channel", "rule", "urgency", "state", "created_at", "delivered_at", "held_until",
        "held_for", "bundle_id", "attempts", "next_attempt_at", "error",
    )),
    EVENT.c.kind, EVENT.c.review_id, EVENT.c.location,
    func.coalesce(TARGET.c.masked, DELIVERY.c.target).label("masked"),
)  # fmt: skip

_OF_ONE: tuple[Any, ...] = (
    *(DELIVERY.c[name] for name in ("id", "event_id", "rule", "state", "bundle_id")), EVENT.c.location,
)  # fmt: skip
_OF_TARGET: tuple[Any, ...] = tuple(TARGET.c[name] for name in (
    "key", "masked", "channel", "failures", "error", "open_until", "last_ok_at", "retired_at",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class WantedDeliveries:
    """Which messages; "" and None do not matter. `places` are those the visitor may see."""

    places: tuple[str, ...] | None = None
    state: str = ""
    target: str = ""


def page(session: Session, wanted: WantedDeliveries, *, before: int | None, limit: int) -> Sequence[Row[Any]]:
    """List the newest `limit` messages older than the key `before`, with the event's `kind`, `review_id`, `location`
    and the target `masked`.
    """
    query = (
        select(*SHOWN)
        .join(EVENT, EVENT.c.id == DELIVERY.c.event_id)
        .outerjoin(TARGET, TARGET.c.key == DELIVERY.c.target)
        .where(*_conditions(wanted))
        .order_by(DELIVERY.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(DELIVERY.c.id < before)
    return session.connection().execute(query).all()


def number(session: Session, wanted: WantedDeliveries) -> int:
    """How many there are, counted up to COUNTED."""
    some = select(DELIVERY.c.id).where(*_conditions(wanted))
    if wanted.places is not None:
        some = some.join(EVENT, EVENT.c.id == DELIVERY.c.event_id)
    return session.connection().scalar(select(func.count()).select_from(some.limit(COUNTED).subquery())) or 0


def all_targets(session: Session) -> Sequence[Row[Any]]:
    """Every address there ever was: `key, masked, channel, failures, error, open_until, last_ok_at, retired_at`."""
    return session.connection().execute(select(*_OF_TARGET).order_by(TARGET.c.channel, TARGET.c.masked)).all()


def one(session: Session, delivery_id: int) -> Row[Any] | None:
    """One message: its `id, event_id, rule, state, bundle_id`, and the `location` of its event."""
    query = select(*_OF_ONE).join(EVENT, EVENT.c.id == DELIVERY.c.event_id)
    return session.connection().execute(query.where(DELIVERY.c.id == delivery_id)).first()


def given_up(session: Session) -> Sequence[Row[Any]]:
    """All messages that were given up, as `one` has them."""
    query = select(*_OF_ONE).join(EVENT, EVENT.c.id == DELIVERY.c.event_id)
    return session.connection().execute(query.where(DELIVERY.c.state == "failed").order_by(DELIVERY.c.id)).all()


def let_go_again(session: Session, row: Any, by: str, now: datetime) -> None:
    """Put one given-up message back into the outbox, with what it carried; one that travelled with another goes alone.

    That somebody asked for it is noted among the decisions about it.
    """
    failed = DELIVERY.c.state == "failed"
    session.connection().execute(
        update(DELIVERY).where(DELIVERY.c.id == row.id, failed).values(
            state="pending", bundle_id=None, held_for=None, held_until=None, next_attempt_at=now, permanent=False,
        )
    )  # fmt: skip
    session.connection().execute(
        update(DELIVERY).where(DELIVERY.c.bundle_id == row.id, failed)
        .values(state="held", next_attempt_at=now, permanent=False)
    )  # fmt: skip
    holds.note(session, [row], "hold_asked_again", now, {"by": by})


def _conditions(wanted: WantedDeliveries) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state in _OF_STATE:
        found.append(_OF_STATE[wanted.state])
    if wanted.target:
        found.append(DELIVERY.c.target == wanted.target)
    if wanted.places is not None:
        found.append(EVENT.c.location.in_(wanted.places))
    return found
