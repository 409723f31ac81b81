"""Everything that happened around one review beside its own row: attempts to deliver, notes, and what people did."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from repmon.store.statements import table_of
from repmon.store.tables import AttemptRow, AuditRow, NoteRow

ATTEMPT, AUDIT = table_of(AttemptRow), table_of(AuditRow)


def attempts_of(session: Session, delivery_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Each try at these deliveries, oldest first."""
    query = select(ATTEMPT).where(ATTEMPT.c.delivery_id.in_(delivery_ids)).order_by(ATTEMPT.c.id)
    return session.connection().execute(query).all() if delivery_ids else ()


def notes_of(session: Session, review_id: int) -> list[NoteRow]:
    """What colleagues wrote beside a review, oldest first."""
    return list(session.scalars(select(NoteRow).where(col(NoteRow.review_id) == review_id).order_by(col(NoteRow.id))))


def acts_on(session: Session, review_id: int, draft_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """What people did with a review and its drafts, as the audit chain has it, oldest first."""
    subjects = [f"review/{review_id}", *(f"draft/{each}" for each in draft_ids)]
    query = select(AUDIT).where(AUDIT.c.subject.in_(subjects)).order_by(AUDIT.c.id)
    return session.connection().execute(query).all()
