"""Signed-in devices: opened, found by the hash of the cookie's secret, ended, swept."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, delete, select, update
from sqlmodel import Session, col

from repmon.store.statements import table_of
from repmon.store.tables import SessionRow, UserRow

SESSION = table_of(SessionRow)


def hashed(secret: str) -> str:
    """SHA-256 of a cookie's secret: all the database knows of it. 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def start(session: Session, row: SessionRow) -> None:
    """Remember a device that has just signed in."""
    session.add(row)
    session.flush()


def find(session: Session, secret: str, now: datetime) -> tuple[SessionRow, UserRow] | None:
    """Find the live session behind a cookie and its person; None when it ended, expired, or never was."""
    query = (
        select(SessionRow, UserRow)
        .join(UserRow, col(UserRow.id) == col(SessionRow.user_id))
        .where(col(SessionRow.id) == hashed(secret), col(SessionRow.expires_at) > now,
               col(UserRow.disabled_at).is_(None))
    )  # fmt: skip
    found = session.execute(query).first()
    return (found[0], found[1]) if found else None


def of_user(session: Session, user_id: int, now: datetime) -> Sequence[SessionRow]:
    """The devices a person is signed in on, the latest used first."""
    query = (
        select(SessionRow)
        .where(col(SessionRow.user_id) == user_id, col(SessionRow.expires_at) > now)
        .order_by(col(SessionRow.last_seen_at).desc(), col(SessionRow.id))
    )
    return session.scalars(query).all()


def seen(session: Session, session_id: str, now: datetime) -> None:
    """Note that a device was used."""
    session.connection().execute(update(SESSION).where(SESSION.c.id == session_id).values(last_seen_at=now))


def end(session: Session, session_id: str, *, user_id: int | None = None) -> bool:
    """End one session, if given only when it is that person's; whether there was one."""
    statement = delete(SESSION).where(SESSION.c.id == session_id)
    if user_id is not None:
        statement = statement.where(SESSION.c.user_id == user_id)
    return _deleted(session, statement) > 0


def end_all(session: Session, user_id: int, *, but: str | None = None) -> int:
    """End a person's sessions, `but` one; how many there were."""
    statement = delete(SESSION).where(SESSION.c.user_id == user_id)
    if but is not None:
        statement = statement.where(SESSION.c.id != but)
    return _deleted(session, statement)


def sweep(session: Session, now: datetime) -> int:
    """Forget the sessions that have expired; how many there were."""
    return _deleted(session, delete(SESSION).where(SESSION.c.expires_at <= now))


def _deleted(session: Session, statement: object) -> int:
    return cast("CursorResult[object]", session.connection().execute(statement)).rowcount  # type: ignore[call-overload]
