"""What may no longer be kept: text whose time is over, and text of reviews that are gone. Figures stay."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlmodel import Session

from repmon.store import events, outcomes
from repmon.store.search import forget_erased
from repmon.store.statements import table_of
from repmon.store.tables import ItemRow, PushedRow, ReviewRow, SourceRow, VersionRow

REVIEW, VERSION = table_of(ReviewRow), table_of(VersionRow)
ITEM, SOURCE = table_of(ItemRow), table_of(SourceRow)
NOTHING = {"text": "", "title": "", "translation": "", "author": "", "raw": None, "reasons": None}
"""What goes: everything the reviewer wrote, who wrote it, and what quotes it. Its raw form being gone marks the row."""
AT_ONCE = 500


def is_due(session: Session, now: datetime) -> bool:
    """Whether any text's time is over, be it of a source that is no longer read; or an event is remembered."""
    over = select(REVIEW.c.id).where(REVIEW.c.keep_text_until <= now, REVIEW.c.raw.is_not(None)).limit(1)
    event = select(table_of(PushedRow).c.id).limit(1)
    run = session.connection().execute
    return run(over).first() is not None or run(event).first() is not None


def purge_expired(session: Session, now: datetime) -> int:
    """Remove the text of reviews, and of their earlier versions, whose time is over; how many reviews.

    A text that nobody has understood yet is understood first, unless it was set aside.
    """
    return _purge(session, and_(REVIEW.c.keep_text_until <= now, _is_understood()))


def purge_removed(session: Session, names: Collection[str]) -> int:
    """Remove the text of reviews that these sources no longer show; how many."""
    ids = select(SOURCE.c.id).where(SOURCE.c.name.in_(names))
    return _purge(session, and_(REVIEW.c.source_id.in_(ids), REVIEW.c.removed_at.is_not(None)))


def purge_items(session: Session, name: str, keep: timedelta, now: datetime) -> int:
    """Delete what a source sent that could not be read, and was not seen again for so long; how many."""
    ids = select(SOURCE.c.id).where(SOURCE.c.name == name)
    old = delete(ITEM).where(ITEM.c.source_id.in_(ids), ITEM.c.last_seen_at <= now - keep)
    return session.connection().execute(old).rowcount


def shown_after(session: Session, source_id: int, after: int, limit: int) -> Sequence[ReviewRow]:
    """The next reviews of a source that it still shows, as far as we know, by their number."""
    query = (
        select(ReviewRow)
        .where(REVIEW.c.source_id == source_id, REVIEW.c.id > after, REVIEW.c.removed_at.is_(None))
        .order_by(REVIEW.c.id)
        .limit(limit)
    )
    return session.scalars(query).all()


def note_gone(session: Session, review_ids: Collection[int], now: datetime) -> int:
    """The site was asked about these reviews and has none of them any more; how many were still shown until now."""
    columns = (REVIEW.c.id, REVIEW.c.source_id, REVIEW.c.location, REVIEW.c.answered_at, REVIEW.c.answered_version)
    gone = select(*columns).where(REVIEW.c.id.in_(review_ids), REVIEW.c.removed_at.is_(None))
    rows = session.connection().execute(gone).all()
    for row in rows:
        values: dict[str, Any] = {"removed_at": now, "state": "removed", **outcomes.after_removal(row, now)}
        session.connection().execute(update(REVIEW).where(REVIEW.c.id == row.id).values(**values))
        events.raise_event(session, f"review.removed/{row.id}/{now.date().isoformat()}", "review.removed", now,
                           source_id=row.source_id, review_id=row.id, location=row.location)  # fmt: skip
    return len(rows)


def _is_understood() -> ColumnElement[bool]:
    return or_(REVIEW.c.step == "done", REVIEW.c.quarantined_at.is_not(None))


def _purge(session: Session, where: ColumnElement[bool]) -> int:
    query = select(REVIEW.c.id, REVIEW.c.topics).where(where, REVIEW.c.raw.is_not(None)).limit(AT_ONCE)
    rows = session.connection().execute(query).all()
    if rows:
        _empty(session, rows)
        forget_erased(session)
    return len(rows)


def _empty(session: Session, rows: Sequence[Any]) -> None:
    for row in rows:
        plain = update(REVIEW).where(REVIEW.c.id == row.id).values(**NOTHING, topics=_without_words(row.topics))
        session.connection().execute(plain)
    kept = {name: value for name, value in NOTHING.items() if name in VERSION.c}
    old = update(VERSION).where(VERSION.c.review_id.in_([row.id for row in rows])).values(**kept)
    session.connection().execute(old)


def _without_words(topics: str | None) -> str | None:
    """The topics with their tone, without the words that show them: those are the reviewer's."""
    return json.dumps([[name, tone, []] for name, tone, _words in json.loads(topics)]) if topics else topics
