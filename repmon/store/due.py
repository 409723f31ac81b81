"""What the outbox has to send next: one look at the index for each target, however many messages wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, literal_column, or_, select
from sqlmodel import Session

from repmon.store import claims
from repmon.store.statements import table_of
from repmon.store.tables import DeliveryRow, TargetRow

DELIVERY, TARGET = table_of(DeliveryRow), table_of(TargetRow)
UNSENT = DELIVERY.c.state.in_([literal_column("'pending'"), literal_column("'held'")])
"""Spelled out as in the partial index over unsent messages: with parameters SQLite would not use it."""
ON_ITS_OWN = and_(
    DELIVERY.c.bundle_id.is_(None), or_(DELIVERY.c.state == "pending", DELIVERY.c.held_until.is_not(None))
)
"""Neither carried by another's message, nor kept from being sent for good."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The message a target has next. `suspect`: the last attempt at the target failed. `carries`: so many others
    travel with it.
    """

    id: int
    target: str
    event_id: int
    attempts: int
    created_at: datetime
    suspect: bool
    channel: str = ""
    rule: str = ""
    urgent: bool = False
    held_for: str | None = None
    """What it waits or waited for."""
    carries: int = 0
    asked_by: str = ""
    """Who wants it sent once more."""


def next_for_each_target(
    session: Session, now: datetime, *, everything: bool = False, after: Mapping[str, int] | None = None
) -> list[Waiting]:
    """What may be sent now: the first message of each target that nobody is just sending to, oldest first.

    `after` says up to which message a target was tried and failed in this round. `everything` ignores when messages
    and targets want to be tried again.
    """
    targets = {each.key: each for each in _targets(session, now, everything=everything, after=after or {})}
    chosen = [number for each in targets.values() if (number := _choice(each, everything=everything))]
    rows = select(DELIVERY).where(DELIVERY.c.id.in_(chosen)).order_by(DELIVERY.c.id).with_for_update(skip_locked=True)
    return [
        as_waiting(row, suspect=targets[row.target].failures > 0)
        for row in session.connection().execute(rows)
        if claims.is_free(row.claimed_by, row.claimed_until, now)
    ]


def next_due(session: Session) -> datetime | None:
    """Tell when the next message may go out: the earliest of what waits, but not before its target wants to be tried
    again; None when nothing waits. What another process has in hand counts as waiting.
    """
    at = DELIVERY.c.created_at.type
    pending = func.coalesce(DELIVERY.c.next_attempt_at, DELIVERY.c.created_at, type_=at)
    own_time = case((DELIVERY.c.state == "held", DELIVERY.c.held_until), else_=pending)
    waiting = (
        select(func.min(own_time, type_=at), TARGET.c.open_until)
        .join(TARGET, TARGET.c.key == DELIVERY.c.target)
        .where(UNSENT, ON_ITS_OWN)
        .group_by(TARGET.c.key, TARGET.c.open_until)
    )
    times = [max(own, opens or own) for own, opens in session.connection().execute(waiting)]
    return min(times, default=None)


def as_waiting(row: Row[Any], *, suspect: bool = False) -> Waiting:
    """A row of the outbox as what others handle."""
    return Waiting(row.id, row.target, row.event_id, row.attempts, row.created_at, suspect, row.channel, row.rule,
                   row.urgency == "urgent", row.held_for)  # fmt: skip


def is_due(now: datetime) -> ColumnElement[bool]:
    """The condition that a message's own time has come: to be tried (again), or the end of what it waited for."""
    tried = or_(DELIVERY.c.next_attempt_at.is_(None), DELIVERY.c.next_attempt_at <= now)
    return and_(ON_ITS_OWN, or_(and_(DELIVERY.c.state == "pending", tried), has_waited(now)))


def has_waited(now: datetime) -> ColumnElement[bool]:
    """The condition that a held message has waited long enough."""
    return and_(DELIVERY.c.state == "held", DELIVERY.c.bundle_id.is_(None), DELIVERY.c.held_until <= now)


def _targets(session: Session, now: datetime, *, everything: bool, after: Mapping[str, int]) -> list[Row[Any]]:
    """Every target that may be tried, with its message in somebody's hands, the first that is due, and the first."""
    later = DELIVERY.c.id > case(dict(after), value=TARGET.c.key, else_=0) if after else DELIVERY.c.id > 0
    waiting = or_(and_(DELIVERY.c.state == "pending", DELIVERY.c.bundle_id.is_(None)), has_waited(now))
    query = select(
        TARGET.c.key, TARGET.c.failures,
        _first(DELIVERY.c.claimed_by.is_not(None), DELIVERY.c.claimed_until > now).label("claimed"),
        _first(waiting if everything else is_due(now), later).label("due"),
        _first(waiting, later).label("oldest"),
    )  # fmt: skip
    if not everything:
        query = query.where(or_(TARGET.c.open_until.is_(None), TARGET.c.open_until <= now))
    return list(session.connection().execute(query))


def _first(*conditions: ColumnElement[bool]) -> Any:
    first = select(DELIVERY.c.id).where(DELIVERY.c.target == TARGET.c.key, UNSENT, *conditions)
    return first.order_by(DELIVERY.c.id).limit(1).correlate(TARGET).scalar_subquery()


def _choice(target: Row[Any], *, everything: bool) -> int | None:
    """One in somebody's hands comes before all; of a target in doubt the oldest goes first once any is due."""
    number: int | None = target.claimed or target.due
    if target.claimed is None and target.due and target.failures and not everything:
        number = target.oldest
    return number
