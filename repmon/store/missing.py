"""Reviews that a site no longer shows: counted sweep by sweep, and removed only when surely gone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from repmon.store import events, outcomes
from repmon.store.inbox import Identity
from repmon.store.statements import table_of
from repmon.store.tables import ReviewRow

REVIEW = table_of(ReviewRow)
SWEEPS_UNTIL_REMOVED = 3


def note_missing(session: Session, listing_id: int, seen: Iterable[Identity], now: datetime) -> int:
    """After a complete sweep: count the absence of every review not `seen`; those absent three times are removed."""
    shown = set(seen)
    rows = session.connection().execute(
        select(REVIEW.c.id, REVIEW.c.place, REVIEW.c.external_id, REVIEW.c.missed_sweeps, REVIEW.c.source_id,
               REVIEW.c.location, REVIEW.c.answered_at, REVIEW.c.answered_version)
        .where(REVIEW.c.listing_id == listing_id, REVIEW.c.removed_at.is_(None))
    )  # fmt: skip
    removed = 0
    for row in rows.all():
        if (row.place, row.external_id) in shown:
            continue
        if row.missed_sweeps + 1 < SWEEPS_UNTIL_REMOVED:
            _change(session, row.id, missed_sweeps=row.missed_sweeps + 1)
            continue
        _change(session, row.id, missed_sweeps=row.missed_sweeps + 1, removed_at=now, state="removed",
                **outcomes.after_removal(row, now))  # fmt: skip
        key = f"review.removed/{row.id}/{now.date().isoformat()}"
        events.raise_event(session, key, "review.removed", now, source_id=row.source_id, review_id=row.id,
                           location=row.location)  # fmt: skip
        removed += 1
    return removed


def _change(session: Session, review_id: int, **values: Any) -> None:
    session.connection().execute(update(REVIEW).where(REVIEW.c.id == review_id).values(**values))
