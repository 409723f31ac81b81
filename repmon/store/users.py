"""The people who may come to the desk: found, added, changed, removed."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlmodel import Session, col

from repmon.store.statements import one_at_a_time
from repmon.store.tables import UserRow

OWNERS = "user.owners"


def named(session: Session, name: str) -> UserRow | None:
    """Find a person by name, whatever its capitals; None when there is nobody of that name."""
    exact = session.scalars(select(UserRow).where(col(UserRow.name) == name)).first()
    if exact is not None:
        return exact
    return session.scalars(select(UserRow).where(func.lower(col(UserRow.name)) == name.lower())).first()


def find(session: Session, user_id: int) -> UserRow | None:
    """Find a person by number."""
    return session.get(UserRow, user_id)


def everybody(session: Session) -> Sequence[UserRow]:
    """Everybody, by name."""
    return session.scalars(select(UserRow).order_by(func.lower(col(UserRow.name)))).all()


def anybody(session: Session) -> bool:
    """Tell whether there is a single person yet; before that the desk waits to be set up."""
    return session.scalars(select(col(UserRow.id)).limit(1)).first() is not None


def add(session: Session, row: UserRow) -> UserRow:
    """Add a person; the row then has its number."""
    session.add(row)
    session.flush()
    return row


def remove(session: Session, row: UserRow) -> None:
    """Remove a person with all sessions; what they did stays in the audit chain under their name."""
    session.delete(row)
    session.flush()


def owners(session: Session) -> Sequence[UserRow]:
    """The people who may do everything. Until the end of the transaction nobody else counts them."""
    one_at_a_time(session, OWNERS)
    query = select(UserRow).where(col(UserRow.role) == "owner", col(UserRow.disabled_at).is_(None))
    return session.scalars(query).all()
