"""Words to colleagues beside a review."""

from datetime import datetime

from sqlmodel import Session

from repmon.store.tables import NoteRow


def add(session: Session, review_id: int, text: str, *, by: str, now: datetime) -> int:
    """Keep a note; its number."""
    row = NoteRow(review_id=review_id, by=by, at=now, text=text)
    session.add(row)
    session.flush()
    return row.id or 0
