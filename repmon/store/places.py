"""How the places do, aggregated by the database: the questions behind the desk's Places page.

A review counts when it was written, else first seen; what a site no longer shows still counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, or_, select, true
from sqlmodel import Session

from repmon.steps.digest import Ages, Answers, Figures
from repmon.store.desk_views import needing_an_answer
from repmon.store.digest_figures import SHOWN_LATE, arrived_at
from repmon.store.rates import of_our_own
from repmon.store.statements import table_of
from repmon.store.tables import ReviewRow, SourceRow

REVIEW, SOURCE = table_of(ReviewRow), table_of(SourceRow)
RAISED_WITHIN = timedelta(days=180)
"""So long after it was written a review is looked at for what its answer did, so that the index by date can be used."""
_4_HOURS, _DAY, _3_DAYS = timedelta(hours=4), timedelta(days=1), timedelta(days=3)
Places = Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Brought:
    """What one source brought for one place, span by span, oldest first."""

    source: str
    role: str
    location: str | None
    spans: tuple[Figures, ...]


def brought(session: Session, places: Places, bounds: Sequence[datetime]) -> list[Brought]:
    """Figures of each span between two neighbouring bounds (oldest first), by source and place; no mentions."""
    at = REVIEW.c.at
    newest_first = list(enumerate(pairwise(bounds)))[::-1]
    span = case(*((at > start, number) for number, (start, _) in newest_first), else_=-1).label("span")
    rows = session.connection().execute(
        select(
            REVIEW.c.source_id, REVIEW.c.location, span, func.count().label("new"),
            func.sum(case((REVIEW.c.unhappy, 1), else_=0)).label("unhappy"),
            func.count(REVIEW.c.rating).label("rated"), func.coalesce(func.sum(REVIEW.c.rating), 0.0).label("stars"),
        )
        .where(at > bounds[0], at <= bounds[-1], REVIEW.c.kind != "mention", _at(places))
        .group_by(REVIEW.c.source_id, REVIEW.c.location, span)
    )  # fmt: skip
    sources = {
        each.id: each for each in session.connection().execute(select(SOURCE.c.id, SOURCE.c.name, SOURCE.c.role))
    }
    found: dict[tuple[int, str | None], list[Figures]] = {}
    for row in rows:
        spans = found.setdefault((row.source_id, row.location), [Figures()] * (len(bounds) - 1))
        spans[row.span] = Figures(row.new, int(row.unhappy), row.rated, float(row.stars))
    return [
        Brought(sources[source].name, sources[source].role, location, tuple(spans))
        for (source, location), spans in sorted(found.items(), key=lambda each: (each[0][0], each[0][1] or ""))
    ]


def unanswered(session: Session, places: Places, now: datetime) -> dict[str | None, Ages]:
    """What the inbox says needs an answer, by place and by how long it has been here."""
    bands = (arrived_at > now - _4_HOURS, arrived_at > now - _DAY, arrived_at > now - _3_DAYS)
    band = case(*((one, number) for number, one in enumerate(bands)), else_=len(bands)).label("band")
    place = func.coalesce(REVIEW.c.location, "").label("at_place")  # else SQLite goes through all reviews by place
    rows = session.connection().execute(
        select(place, band, func.count().label("number"))
        .where(needing_an_answer(now), _at(places))
        .group_by(place, band)
    )
    found: dict[str | None, list[int]] = {}
    for row in rows:
        found.setdefault(row.at_place or None, [0] * (len(bands) + 1))[row.band] = row.number
    return {place: Ages(*numbers) for place, numbers in found.items()}


def answered(
    session: Session, places: Places, since: datetime, now: datetime, within: timedelta
) -> dict[str | None, Answers]:
    """Of each place: unhappy reviews first seen after `since` whose answer is due by now, and those answered in time.

    What was dismissed, or went before an answer, asks for none; nor does what a first read brought.
    """
    rows = session.connection().execute(
        select(REVIEW.c.location, REVIEW.c.first_seen_at, REVIEW.c.answered_at)
        .where(REVIEW.c.at > since - SHOWN_LATE, REVIEW.c.unhappy, REVIEW.c.history.is_(False), of_our_own())
        .where(REVIEW.c.first_seen_at > since, REVIEW.c.first_seen_at <= now - within, _at(places))
        .where(or_(REVIEW.c.answered_at.is_not(None), REVIEW.c.state.in_(("open", "drafted"))))
    )
    found: dict[str | None, Answers] = {}
    for row in rows:
        before = found.get(row.location, Answers())
        in_time = row.answered_at is not None and row.answered_at <= row.first_seen_at + within
        found[row.location] = Answers(before.due + 1, before.in_time + in_time)
    return found


def won_back(session: Session, places: Places, since: datetime) -> dict[str | None, int]:
    """Of each place: reviewers who gave more stars after an answer, since then."""
    rows = session.connection().execute(
        select(REVIEW.c.location, func.count())
        .where(REVIEW.c.at > since - RAISED_WITHIN, REVIEW.c.outcome == "won_back", REVIEW.c.outcome_at > since)
        .where(of_our_own(), _at(places))
        .group_by(REVIEW.c.location)
    )
    return {row[0]: row[1] for row in rows}


def topics_between(
    session: Session, location: str | None, start: datetime, end: datetime, limit: int
) -> Sequence[Row[Any]]:
    """The topics stored with the latest reviews of a place (None: of all): `at, topics` (JSON)."""
    here = true() if location is None else REVIEW.c.location == location
    columns: tuple[Any, ...] = (REVIEW.c.at, REVIEW.c.topics)
    query = (
        select(*columns)
        .where(REVIEW.c.at > start, REVIEW.c.at <= end, here, of_our_own(), REVIEW.c.step == "done")
        .order_by(REVIEW.c.at.desc())
        .limit(limit)
    )
    return session.connection().execute(query).all()


def _at(places: Places) -> ColumnElement[bool]:
    """Hidden from the index by place, so that SQLite goes by date: see `desk_views`."""
    return true() if places is None else func.coalesce(REVIEW.c.location, "").in_(places)
