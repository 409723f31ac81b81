"""The record of what people did, as a person looks through it: newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from repmon.store.tables import AuditRow


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries; "" does not matter."""

    actor: str = ""
    action: str = ""


def entries(session: Session, wanted: AuditFilter, *, before: int | None, limit: int) -> Sequence[AuditRow]:
    """Entries older than the number `before` (None: from the newest), newest first."""
    query = select(AuditRow).where(*_conditions(wanted)).order_by(col(AuditRow.id).desc()).limit(limit)
    if before is not None:
        query = query.where(col(AuditRow.id) < before)
    return session.scalars(query).all()


def entries_after(session: Session, wanted: AuditFilter, *, after: int, limit: int) -> Sequence[AuditRow]:
    """Entries newer than the number `after`, oldest first: for an export, a batch at a time."""
    query = (
        select(AuditRow)
        .where(*_conditions(wanted), col(AuditRow.id) > after)
        .order_by(col(AuditRow.id))
        .limit(limit)
    )  # fmt: skip
    return session.scalars(query).all()


def actors(session: Session) -> list[str]:
    """Everybody who is named in the record."""
    return sorted(session.scalars(select(col(AuditRow.actor)).distinct()))


def actions(session: Session) -> list[str]:
    """Every kind of act in the record."""
    return sorted(session.scalars(select(col(AuditRow.action)).distinct()))


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.actor:
        found.append(col(AuditRow.actor) == wanted.actor)
    if wanted.action:
        found.append(col(AuditRow.action) == wanted.action)
    return found
