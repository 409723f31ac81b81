"""Single facts repmon remembers about itself, by name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session

from repmon.store.statements import insert_new, table_of
from repmon.store.tables import FactRow


@dataclass(frozen=True, slots=True)
class Fact:
    """What is remembered, and since when."""

    value: str
    at: datetime


def remember(session: Session, name: str, value: str, now: datetime) -> None:
    """Remember one thing, in place of what was remembered under this name."""
    if insert_new(session, FactRow, [{"name": name, "value": value, "at": now}], ["name"]):
        return
    table = table_of(FactRow)
    session.connection().execute(update(table).where(table.c.name == name).values(value=value, at=now))


def recall(session: Session, name: str) -> Fact | None:
    """Tell what is remembered under a name; None when nothing is."""
    row = session.get(FactRow, name)
    return Fact(row.value, row.at) if row else None


def forget(session: Session, name: str) -> None:
    """No longer remember anything under a name."""
    table = table_of(FactRow)
    session.connection().execute(delete(table).where(table.c.name == name))
