"""Reviews as rows of a queue and as answers to a question: what waits for a step, and what a person asks to see."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Row, or_, select, update
from sqlmodel import Session, col

from repmon.review import OwnerReply, Reason, Review, Sentiment, Topic, Understanding
from repmon.steps.compact import compact
from repmon.store.bulk import update_rows
from repmon.store.statements import table_of
from repmon.store.tables import ReviewRow, VersionRow

REVIEW = table_of(ReviewRow)
TO_READ = tuple(REVIEW.c[name] for name in (
    "id", "version", "source_id", "place", "external_id", "location", "kind", "scale", "rating", "given", "out_of",
    "recommended", "title", "text", "translation", "author", "url", "language", "written_at", "edited_at",
    "reply_text", "reply_at", "reply_state", "state", "history", "corrected_label", "label", "compound", "raw_score",
    "score", "conflict", "read_as", "reasons", "topics",
))  # fmt: skip
"""What the steps look at: everything but the raw form and the bookkeeping."""
TO_UNDERSTAND = tuple(REVIEW.c[name] for name in (
    "id", "version", "source_id", "external_id", "location", "scale", "rating", "given", "recommended", "title",
    "text", "translation", "author", "language", "state", "history", "corrected_label",
))  # fmt: skip
"""What matters before a review is understood: a first import asks for tens of thousands."""
ATTEMPTS = 3
"""How often a step may fail on one row before the row is set aside."""


def waiting_for(
    session: Session, step: str, now: datetime, limit: int, columns: Sequence[Column[Any]] = TO_READ,
    *, newest_first: bool = False,
) -> Sequence[Row[Any]]:  # fmt: skip
    """The oldest reviews whose next step is `step`, or the newest; those set aside left out."""
    waited = or_(REVIEW.c.next_attempt_at.is_(None), REVIEW.c.next_attempt_at <= now)
    query = (
        select(*columns)
        .where(REVIEW.c.step == step, REVIEW.c.step != "done", REVIEW.c.quarantined_at.is_(None), waited)
        .order_by(REVIEW.c.id.desc() if newest_first else REVIEW.c.id)
        .limit(limit)
    )
    return session.connection().execute(query).all()


def understood(session: Session, results: Iterable[Mapping[str, Any]]) -> None:
    """Write down what was understood: mappings of column to value, last the `id` and `version` it holds for.

    A review edited meanwhile has another version and is left for the next turn.
    """
    update_rows(session, ReviewRow, list(results), where=("id", "version"))


def step_done(session: Session, review_id: int) -> None:
    """Nothing is left to do for this review until it changes."""
    session.connection().execute(update(REVIEW).where(REVIEW.c.id == review_id).values(step="done"))


def step_failed(session: Session, review_id: int, error: Mapping[str, Any], now: datetime) -> None:
    """Count a failed step; the third sets the row aside, visible and out of the way of all others."""
    tried = session.scalar(select(REVIEW.c.attempts).where(REVIEW.c.id == review_id)) or 0
    aside = now if tried + 1 >= ATTEMPTS else None
    session.connection().execute(
        update(REVIEW)
        .where(REVIEW.c.id == review_id)
        .values(attempts=tried + 1, error=dict(error), quarantined_at=aside)
    )


def retry_set_aside(session: Session, source_id: int) -> int:
    """Let the rows of a source that were set aside be tried again; how many."""
    table = REVIEW.c
    result = session.connection().execute(
        update(REVIEW)
        .where(table.source_id == source_id, table.quarantined_at.is_not(None))
        .values(attempts=0, quarantined_at=None, next_attempt_at=None, error=None)
    )
    return int(result.rowcount)


def as_review(row: Any, source: str) -> Review:
    """A stored row (a ReviewRow, or a row of its table) in the words of the trade."""
    reply = OwnerReply(row.reply_text, row.reply_at, row.reply_state) if row.reply_text else None
    return Review(
        source=source, external_id=row.external_id, place=row.place, kind=row.kind, scale=row.scale, rating=row.rating,
        given=row.given, out_of=row.out_of, recommended=row.recommended, title=row.title, text=row.text,
        translation=row.translation, author=row.author, url=row.url, language=row.language,
        written_at=row.written_at, edited_at=row.edited_at, reply=reply,
    )  # fmt: skip


def as_said(row: Any, source: str) -> Review:
    """What a review says, given its row with the columns `TO_UNDERSTAND`; when and where it was said is left out."""
    return Review(
        source, row.external_id, scale=row.scale, rating=row.rating, given=row.given, recommended=row.recommended,
        title=row.title, text=row.text, translation=row.translation, author=row.author, language=row.language,
    )  # fmt: skip


def as_columns(understanding: Understanding) -> dict[str, Any]:
    """What was understood, as columns of the review's row."""
    sentiment = understanding.sentiment
    return {
        "label": sentiment.label, "compound": sentiment.compound, "raw_score": sentiment.raw, "score": sentiment.score,
        "conflict": sentiment.conflict, "read_as": sentiment.language,
        "reasons": compact([(r.text, r.value) for r in sentiment.reasons]),
        "topics": compact([(t.name, t.polarity, t.words) for t in understanding.topics]),
    }  # fmt: skip


def as_understanding(row: Any) -> Understanding | None:
    """What was understood of a stored review, given its row as above; None before that."""
    if row.label is None:
        return None
    reasons = tuple(Reason(text, value) for text, value in json.loads(row.reasons or "[]"))
    topics = tuple(Topic(name, tuple(words), polarity) for name, polarity, words in json.loads(row.topics or "[]"))
    sentiment = Sentiment(row.label, row.compound, row.raw_score, row.score, reasons, row.conflict, row.read_as)
    return Understanding(sentiment, topics)


def find(session: Session, review_id: int) -> ReviewRow | None:
    """One review by its number."""
    return session.get(ReviewRow, review_id)


def take(session: Session, review_id: int) -> ReviewRow | None:
    """Take a review in hand until the end of this transaction; None when there is no such review."""
    return session.get(ReviewRow, review_id, with_for_update=True, populate_existing=True)


def versions_of(session: Session, review_id: int) -> list[VersionRow]:
    """What a review said before, oldest first."""
    query = select(VersionRow).where(col(VersionRow.review_id) == review_id).order_by(col(VersionRow.version))
    return list(session.scalars(query))
