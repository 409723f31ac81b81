"""Access tokens as they are stored: sealed, by a name that tells nothing."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session

from repmon.store.statements import insert_new, table_of
from repmon.store.tables import TokenRow


def sealed_token(session: Session, name: str) -> bytes | None:
    """The sealed token of this name; None when none is kept."""
    row = session.get(TokenRow, name, populate_existing=True)
    return row.sealed if row else None


def keep_token(session: Session, name: str, sealed: bytes, expires_at: datetime | None, now: datetime) -> None:
    """Keep a sealed token in place of what was kept under its name."""
    values = {"sealed": sealed, "expires_at": expires_at, "updated_at": now}
    if not insert_new(session, TokenRow, [{"name": name, **values}], ["name"]):
        table = table_of(TokenRow)
        session.connection().execute(update(table).where(table.c.name == name).values(**values))
