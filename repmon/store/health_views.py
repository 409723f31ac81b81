"""How the sources and their listings are: the questions behind the desk's Sources page, each read off an index."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, select, text
from sqlmodel import Session, col

from repmon.store.pushed import PUSHED
from repmon.store.sources import REVIEW
from repmon.store.statements import table_of
from repmon.store.tables import EventRow, ItemRow, ListingRow, SourceRow

EVENT, ITEM = table_of(EventRow), table_of(ItemRow)
WAITING = text("review.step <> 'done'")
"""Spelled as the partial index over unfinished reviews has it, else SQLite would read every review."""
LONGEST_RAW = 2_000
"""Characters of an item that a page shows: it may be a megabyte."""


def stored_counts(session: Session) -> dict[int, int]:
    """How many reviews of each source are stored."""
    rows = session.connection().execute(select(REVIEW.c.source_id, func.count()).group_by(REVIEW.c.source_id))
    return {row[0]: row[1] for row in rows}


def counts_aside(session: Session) -> Counter[int]:
    """How many items, reviews and pushed events of each source are set aside; 0 for a source not among them."""
    counts = Counter[int]()
    for source_id, those in (
        (ITEM.c.source_id, ITEM.c.settled_at.is_(None)),
        (REVIEW.c.source_id, and_(WAITING, REVIEW.c.quarantined_at.is_not(None))),
        (PUSHED.c.source_id, and_(PUSHED.c.settled_at.is_(None), PUSHED.c.quarantined_at.is_not(None))),
    ):
        # counted here: for GROUP BY SQLite would go through all reviews by source instead of the few that wait
        counts.update(session.connection().scalars(select(source_id).where(those)))
    return counts


def listings_read(session: Session) -> dict[int, list[ListingRow]]:
    """The listings of every source, in the order they were first looked at."""
    found: dict[int, list[ListingRow]] = {}
    for row in session.scalars(select(ListingRow).order_by(col(ListingRow.id))):
        found.setdefault(row.source_id, []).append(row)
    return found


def kinds_of_failure(session: Session, rows: Sequence[SourceRow]) -> dict[int, str]:
    """The status (`down`, `refused`, `changed` …) that each failing source's owner was last told of."""
    begins = {f"source.failing/{row.id}/{row.episode}": row.id or 0 for row in rows if row.failing_since}
    keys = [*begins, *(f"{key}/refused" for key in begins)]
    query = select(EVENT.c.key, EVENT.c["values"]).where(EVENT.c.key.in_(keys)).order_by(EVENT.c.id)
    return {
        begins[row[0].removesuffix("/refused")]: str(row[1].get("status", ""))
        for row in session.connection().execute(query)
    }


def items_aside(session: Session, source_id: int, limit: int) -> Sequence[Row[Any]]:
    """The newest items that could not be read: `id, field, error, attempts, first_seen_at, last_seen_at, raw` (cut)."""
    columns: tuple[Any, ...] = (
        ITEM.c.id, ITEM.c.field, ITEM.c.error, ITEM.c.attempts, ITEM.c.first_seen_at, ITEM.c.last_seen_at,
        func.substr(ITEM.c.raw, 1, LONGEST_RAW).label("raw"),
    )  # fmt: skip
    query = (
        select(*columns)
        .where(ITEM.c.source_id == source_id, ITEM.c.settled_at.is_(None))
        .order_by(ITEM.c.id.desc())
        .limit(limit)
    )
    return session.connection().execute(query).all()


def reviews_aside(session: Session, source_id: int, limit: int) -> Sequence[Row[Any]]:
    """The reviews repmon stumbled over: `id, location, step, error, quarantined_at`."""
    columns: tuple[Any, ...] = (
        REVIEW.c.id, REVIEW.c.location, REVIEW.c.step, REVIEW.c.error, REVIEW.c.quarantined_at,
    )  # fmt: skip
    query = (
        select(*columns)
        .where(WAITING, REVIEW.c.quarantined_at.is_not(None), REVIEW.c.source_id == source_id)
        .order_by(REVIEW.c.id.desc())
        .limit(limit)
    )
    return session.connection().execute(query).all()


def listings_with_items_aside(session: Session, source_id: int) -> list[int]:
    """The listings of a source that have items nobody could read."""
    query = select(ITEM.c.listing_id).where(ITEM.c.source_id == source_id, ITEM.c.settled_at.is_(None)).distinct()
    return [each for each in session.connection().scalars(query) if each is not None]


def lift_pause(row: SourceRow) -> datetime | None:
    """Let a paused source be asked at its next turn; until when it would have waited."""
    waited, row.not_before = row.not_before, None
    row.state = "failing" if row.failing_since else "ok"
    return waited
