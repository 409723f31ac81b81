"""Quiet that people asked for: by review, source, place or rule, each with an end."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, select, update
from sqlmodel import Session, col

from repmon.steps.alerting.holding import Silence
from repmon.store.statements import table_of
from repmon.store.tables import SilenceRow

SILENCE = table_of(SilenceRow)


def add(session: Session, scope: str, scope_id: str, until: datetime, *, by: str, now: datetime) -> int:
    """Write down a silence; its id."""
    row = SilenceRow(scope=scope, scope_id=scope_id, until=until, asked_by=by, asked_at=now)
    session.add(row)
    session.flush()
    return row.id or 0


def lift(session: Session, silence_id: int, now: datetime) -> bool:
    """End a silence now; false when there is none of this id that still lasts."""
    lasts = and_(SILENCE.c.id == silence_id, SILENCE.c.lifted_at.is_(None), SILENCE.c.until > now)
    return bool(session.connection().execute(update(SILENCE).where(lasts).values(lifted_at=now)).rowcount)


def lasting(session: Session, now: datetime) -> list[Silence]:
    """The silences that hold now."""
    table = SILENCE.c
    rows = session.connection().execute(select(SILENCE).where(table.lifted_at.is_(None), table.until > now))
    return [Silence(row.id, row.scope, row.scope_id, row.until, row.asked_by) for row in rows]


def every(session: Session, now: datetime | None = None) -> Sequence[SilenceRow]:
    """List the silences, newest first; with `now` only those that still last."""
    query = select(SilenceRow).order_by(col(SilenceRow.id).desc())
    if now is not None:
        query = query.where(col(SilenceRow.lifted_at).is_(None), col(SilenceRow.until) > now)
    return session.scalars(query).all()
