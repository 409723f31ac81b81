"""Incidents: which are open, what belongs to them, and which news may begin one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from repmon.store.rates import at_place, of_our_own
from repmon.store.statements import one_at_a_time, table_of
from repmon.store.tables import EventRow, IncidentRow, ReviewRow

REVIEW, EVENT, INCIDENT = table_of(ReviewRow), table_of(EventRow), table_of(IncidentRow)
MOST_COMPARED = 500
"""So many earlier unhappy reviews are enough to know which topics are usual."""
SAID = ("review.new", "review.edited")


def fresh(session: Session) -> dict[str | None, datetime]:
    """Places with unhappy reviews nobody has been told about yet, each with when the latest was written."""
    rows = session.connection().execute(
        select(REVIEW.c.location, func.max(REVIEW.c.at))
        .select_from(EVENT.join(REVIEW, REVIEW.c.id == EVENT.c.review_id))
        .where(EVENT.c.routed_at.is_(None), EVENT.c.quarantined_at.is_(None), EVENT.c.kind.in_(SAID))
        .where(REVIEW.c.unhappy, REVIEW.c.step == "done", of_our_own())
        .group_by(REVIEW.c.location)
    )
    return {row[0]: row[1] for row in rows}


def all_open(session: Session) -> list[IncidentRow]:
    """Every incident that has not ended."""
    return list(session.scalars(select(IncidentRow).where(col(IncidentRow.closed_at).is_(None))))


def open_at(session: Session, location: str | None) -> IncidentRow | None:
    """The open incident of a place; at most one."""
    here = col(IncidentRow.location).is_(None) if location is None else col(IncidentRow.location) == location
    return session.scalars(select(IncidentRow).where(here, col(IncidentRow.closed_at).is_(None))).first()


def closed_last(session: Session, location: str | None) -> datetime | None:
    """When the latest incident of a place ended: what was told by then opens no other."""
    here = INCIDENT.c.location.is_(None) if location is None else INCIDENT.c.location == location
    last: datetime | None = session.scalar(select(func.max(INCIDENT.c.closed_at)).where(here))
    return last


def begin(session: Session, location: str | None, values: Mapping[str, Any], now: datetime) -> IncidentRow | None:
    """Open an incident; None when the place has one already (another process was first)."""
    one_at_a_time(session, "incident")
    if open_at(session, location):
        return None
    row = IncidentRow(location=location, kind="unhappy", opened_at=now, updated_at=now, values=dict(values))
    session.add(row)
    session.flush()
    return row


def members(session: Session, location: str | None, since: datetime) -> Sequence[Any]:
    """The unhappy reviews of a place since then, newest first: `id, at, state, topics`."""
    return session.connection().execute(
        select(REVIEW.c.id, REVIEW.c.at, REVIEW.c.state, REVIEW.c.topics)
        .where(at_place(location), of_our_own(), REVIEW.c.unhappy, REVIEW.c.at > since)
        .order_by(REVIEW.c.at.desc(), REVIEW.c.id.desc())
    ).all()  # fmt: skip


def earlier_topics(session: Session, location: str | None, since: datetime, until: datetime) -> list[frozenset[str]]:
    """What each of the latest unhappy reviews between the two moments named with blame."""
    rows = session.connection().scalars(
        select(REVIEW.c.topics)
        .where(at_place(location), of_our_own(), REVIEW.c.unhappy, REVIEW.c.at > since, REVIEW.c.at <= until)
        .order_by(REVIEW.c.at.desc())
        .limit(MOST_COMPARED)
    )
    return blamed(rows)


def blamed(stored: Iterable[str | None]) -> list[frozenset[str]]:
    """The topics of each review, as stored, that it does not praise."""
    return [
        frozenset(name for name, polarity, _words in json.loads(topics or "[]") if polarity != "positive")
        for topics in stored
    ]  # fmt: skip


def fold(session: Session, event_id: int, incident_id: int) -> None:
    """Note that an event belongs to an incident and is told with it."""
    session.connection().execute(update(EVENT).where(EVENT.c.id == event_id).values(incident_id=incident_id))


def source_of(session: Session, review_id: int) -> int | None:
    """The source of a review."""
    found: int | None = session.scalar(select(REVIEW.c.source_id).where(REVIEW.c.id == review_id))
    return found


def mean_stars(session: Session, location: str | None, since: datetime) -> tuple[int, float | None]:
    """How many reviews with stars a place got since then, and their mean."""
    row = session.connection().execute(
        select(func.count(REVIEW.c.rating), func.avg(REVIEW.c.rating))
        .where(at_place(location), of_our_own(), REVIEW.c.at > since)
    ).one()  # fmt: skip
    return row[0], None if row[1] is None else float(row[1])
