"""Messages that wait for something: held, let go, or dropped, each with a note of why among the decisions.

Such a note is a row of `rule_decision` whose code begins with `hold_`, with the delivery's id among its values.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update
from sqlmodel import Session

from repmon.review import EventKind
from repmon.steps.alerting.holding import DropCode, Hold, Subject
from repmon.store.due import DELIVERY, UNSENT, Waiting, is_due
from repmon.store.statements import table_of
from repmon.store.tables import DecisionRow, EventRow, ReviewRow, SourceRow

EVENT, REVIEW, SOURCE = table_of(EventRow), table_of(ReviewRow), table_of(SourceRow)
DECISION = table_of(DecisionRow)
PAGE = 500
"""So many messages are looked at together: memory stays flat however many wait."""


class Named(Protocol):
    """A message by its number, with its event and the rule that sends it."""

    @property
    def id(self) -> int:
        """The delivery."""

    @property
    def event_id(self) -> int:
        """Its event."""

    @property
    def rule(self) -> str:
        """The rule's name."""


@dataclass(frozen=True, slots=True)
class Held:
    """A message that waits, as far as deciding about it needs it."""

    id: int
    event_id: int
    rule: str
    held_for: str | None
    subject: Subject


def about(session: Session, waiting: Waiting) -> Held:
    """What one message is about."""
    return next(_held(session, DELIVERY.c.id == waiting.id))


def waiting_for(
    session: Session, target: str, now: datetime, *, urgent: bool | None = None
) -> Iterator[Sequence[Held]]:  # fmt: skip
    """The messages to a target whose time has come and that nobody has in hand, oldest first, in pages. `urgent` None
    takes both kinds.
    """
    mine = and_(DELIVERY.c.target == target, UNSENT, is_due(now), _in_no_hand(now))
    if urgent is not None:
        mine = and_(mine, DELIVERY.c.urgency == ("urgent" if urgent else "normal"))
    last = 0
    while page := list(_held(session, and_(mine, DELIVERY.c.id > last))):
        last = page[-1].id
        yield page


def hold(session: Session, those: Sequence[Held], what: Hold, now: datetime, **values: object) -> None:
    """Make messages wait, and write down until when and why."""
    _change(session, those, held_for=what.code, held_until=what.until, next_attempt_at=what.until)
    seen = {**values, "until": what.until.isoformat(), **({"by": what.by} if what.by else {})}
    note(session, those, f"hold_{what.code}", now, seen)


def drop(session: Session, those: Sequence[Held], why: DropCode, now: datetime) -> None:
    """Keep messages from being sent for good, and write down why."""
    _change(session, those, held_for=why, held_until=None, next_attempt_at=None)
    note(session, those, f"hold_{why}", now, {})


def note(session: Session, those: Sequence[Named], code: str, now: datetime, values: Mapping[str, object]) -> None:
    """Write down what was decided about messages themselves."""
    rows = [
        {"event_id": one.event_id, "position": 0, "rule": one.rule, "matched": True, "sends": False, "code": code,
         "values": {"delivery": one.id, **values}, "at": now}
        for one in those
    ]  # fmt: skip
    if rows:
        session.connection().execute(insert(DECISION), rows)


def company_since(session: Session, target: str, kinds: Sequence[EventKind]) -> datetime | None:
    """When the first of those was made that wait for company of these kinds; None when there are none."""
    first = select(func.min(DELIVERY.c.created_at)).where(_company(target, kinds))
    found: datetime | None = session.connection().scalar(first)
    return found


def extend_company(session: Session, target: str, kinds: Sequence[EventKind], until: datetime) -> None:
    """All that wait for company wait as long as the newcomer does."""
    session.connection().execute(
        update(DELIVERY).where(_company(target, kinds)).values(held_until=until, next_attempt_at=until)
    )


def nobody_else_comes(session: Session, now: datetime) -> None:
    """End the waiting for company: a single turn is over, and nothing more can come of it."""
    waits = and_(UNSENT, DELIVERY.c.held_for == "grouping", DELIVERY.c.state == "held", DELIVERY.c.held_until > now)
    session.connection().execute(update(DELIVERY).where(waits).values(held_until=now))


def look_again(session: Session, now: datetime) -> None:
    """Let everything that was snoozed be decided about anew, since a snooze was lifted."""
    snoozed = and_(UNSENT, DELIVERY.c.state == "held", DELIVERY.c.held_for == "snoozed", DELIVERY.c.held_until > now)
    session.connection().execute(update(DELIVERY).where(snoozed).values(held_until=now))


def _company(target: str, kinds: Sequence[EventKind]) -> ColumnElement[bool]:
    of_kinds = select(EVENT.c.id).where(EVENT.c.id == DELIVERY.c.event_id, EVENT.c.kind.in_(kinds)).exists()
    return and_(DELIVERY.c.target == target, UNSENT, DELIVERY.c.state == "held", DELIVERY.c.held_for == "grouping",
                DELIVERY.c.bundle_id.is_(None), of_kinds)  # fmt: skip


def _in_no_hand(now: datetime) -> ColumnElement[bool]:
    return or_(DELIVERY.c.claimed_by.is_(None), DELIVERY.c.claimed_until <= now)


def _held(session: Session, which: ColumnElement[bool]) -> Iterator[Held]:
    query = (
        select(DELIVERY.c.id, DELIVERY.c.event_id, DELIVERY.c.rule, DELIVERY.c.held_for, EVENT.c.location, EVENT.c.at,
               SOURCE.c.name.label("source"), REVIEW.c.id.label("review_id"), REVIEW.c.state, REVIEW.c.unhappy,
               REVIEW.c.snoozed_until, REVIEW.c.acknowledged_at)
        .join(EVENT, EVENT.c.id == DELIVERY.c.event_id)
        .outerjoin(SOURCE, SOURCE.c.id == EVENT.c.source_id)
        .outerjoin(REVIEW, REVIEW.c.id == EVENT.c.review_id)
        .where(which)
        .order_by(DELIVERY.c.id)
        .limit(PAGE)
    )  # fmt: skip
    for row in session.connection().execute(query).all():
        subject = Subject(row.rule, row.source or "", row.location, row.review_id, row.at, row.state or "",
                          bool(row.unhappy), row.snoozed_until, row.acknowledged_at)  # fmt: skip
        yield Held(row.id, row.event_id, row.rule, row.held_for, subject)


def _change(session: Session, those: Sequence[Held], **values: Any) -> None:
    ids = [one.id for one in those]
    session.connection().execute(update(DELIVERY).where(DELIVERY.c.id.in_(ids)).values(state="held", **values))
