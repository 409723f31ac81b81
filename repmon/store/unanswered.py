"""Unhappy reviews that wait for an answer, and since when."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session

from repmon.store.statements import table_of
from repmon.store.tables import EventRow, ReviewRow, SourceRow, VersionRow

REVIEW, SOURCE = table_of(ReviewRow), table_of(SourceRow)
EVENT, VERSION = table_of(EventRow), table_of(VersionRow)


def waiting(session: Session, since: datetime, now: datetime) -> Sequence[Any]:
    """Unhappy reviews of one's own places that nobody answered, dismissed, acknowledged or snoozed, as
    `id, version, source_id, location, since`: when repmon first saw what they say now, no earlier than `since`.

    What a first read brought is history, and not counted. The clock starts when a review was seen, not when it was
    written: nobody can answer what the site has not shown, and an edit says something new.
    """
    edited = select(func.max(VERSION.c.replaced_at)).where(VERSION.c.review_id == REVIEW.c.id).scalar_subquery()
    seen = func.coalesce(edited, REVIEW.c.first_seen_at, type_=REVIEW.c.first_seen_at.type)
    return session.connection().execute(
        select(REVIEW.c.id, REVIEW.c.version, REVIEW.c.source_id, REVIEW.c.location, seen.label("since"))
        .join(SOURCE, SOURCE.c.id == REVIEW.c.source_id)
        .where(REVIEW.c.unhappy, REVIEW.c.state.in_(("open", "drafted")), REVIEW.c.history.is_(False))
        .where(REVIEW.c.step == "done", SOURCE.c.role == "own", SOURCE.c.state != "retired")
        .where(REVIEW.c.acknowledged_at.is_(None))
        .where(or_(REVIEW.c.snoozed_until.is_(None), REVIEW.c.snoozed_until <= now))
        .where(and_(seen > since, seen <= now))
        .order_by(REVIEW.c.id)
    ).all()  # fmt: skip


def raised(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the keys under which an event was raised."""
    return set(session.connection().scalars(select(EVENT.c.key).where(EVENT.c.key.in_(keys))))
