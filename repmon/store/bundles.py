"""Messages that travel together: the first carries the others (`bundle_id`), and they share its fate."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlmodel import Session

from repmon.steps.alerting.holding import company_of
from repmon.store.due import DELIVERY, UNSENT, Waiting, has_waited
from repmon.store.holds import EVENT, PAGE, REVIEW, note

DIGEST = "digest"
"""Many things in one message already: it always travels alone."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What one message carries: how many by kind of event, how many about unhappy reviews, from which places, since
    when, and the events of the first few, unhappy ones first.
    """

    kinds: dict[str, int]
    unhappy: int
    places: tuple[str | None, ...]
    since: datetime
    first: tuple[int, ...]


def carried(session: Session, waiting: Waiting) -> int:
    """How many others a message has in tow already."""
    those = select(func.count()).select_from(DELIVERY).where(_of(waiting), DELIVERY.c.bundle_id == waiting.id)
    return session.connection().scalar(those) or 0


def gather(session: Session, lead: Waiting, now: datetime) -> int:
    """Let a message that has waited take along the others that may travel with it; how many those are.

    What waited for company travels with its own kind; what waited for an hour to come travels with all that did.
    """
    kind = session.connection().scalar(select(EVENT.c.kind).where(EVENT.c.id == lead.event_id)) or ""
    if kind == DIGEST:
        return 0
    may = and_(DELIVERY.c.held_for != "grouping", EVENT.c.kind != DIGEST)
    if lead.held_for == "grouping":
        may = and_(DELIVERY.c.held_for == "grouping", EVENT.c.kind.in_(company_of(kind)))
    leads = select(DELIVERY.c.bundle_id).where(_to(lead), DELIVERY.c.bundle_id.is_not(None))
    others = (
        select(DELIVERY.c.id, DELIVERY.c.event_id, DELIVERY.c.rule)
        .join(EVENT, EVENT.c.id == DELIVERY.c.event_id)
        .where(_to(lead), has_waited(now), may, DELIVERY.c.attempts == 0, DELIVERY.c.claimed_by.is_(None))
        .where(DELIVERY.c.id != lead.id, DELIVERY.c.id.not_in(leads))
        .order_by(DELIVERY.c.id)
        .limit(PAGE)
    )
    found = 0
    while page := session.connection().execute(others).all():
        note(session, page, "hold_bundled", now, {"lead": lead.id})
        ids = [row.id for row in page]
        session.connection().execute(update(DELIVERY).where(DELIVERY.c.id.in_(ids)).values(bundle_id=lead.id))
        found += len(page)
    return found


def contents(session: Session, lead: Waiting, shown: int) -> Contents:
    """What a message with others in tow is about; of single events only the first `shown`."""
    unhappy = and_(REVIEW.c.unhappy, EVENT.c.kind.startswith("review."))
    rows = select(
        EVENT.c.kind, EVENT.c.location, func.count().label("number"), func.min(EVENT.c.at).label("since"),
        func.sum(case((unhappy, 1), else_=0)).label("unhappy"),
    )  # fmt: skip
    told = DELIVERY.join(EVENT, EVENT.c.id == DELIVERY.c.event_id)
    joined = told.outerjoin(REVIEW, REVIEW.c.id == EVENT.c.review_id)
    query = rows.select_from(joined).where(_of(lead)).group_by(EVENT.c.kind, EVENT.c.location)
    found = session.connection().execute(query.order_by(func.min(DELIVERY.c.id))).all()
    first = select(EVENT.c.id).select_from(joined).where(_of(lead))
    order = (case((unhappy, 0), else_=1), DELIVERY.c.id)
    kinds: dict[str, int] = {}
    for row in found:
        kinds[row.kind] = kinds.get(row.kind, 0) + row.number
    return Contents(
        kinds, sum(row.unhappy for row in found), tuple(dict.fromkeys(row.location for row in found)),
        min(row.since for row in found), tuple(session.connection().scalars(first.order_by(*order).limit(shown))),
    )  # fmt: skip


def _to(lead: Waiting) -> ColumnElement[bool]:
    return and_(DELIVERY.c.target == lead.target, UNSENT)


def _of(lead: Waiting) -> ColumnElement[bool]:
    return and_(_to(lead), or_(DELIVERY.c.id == lead.id, DELIVERY.c.bundle_id == lead.id))
