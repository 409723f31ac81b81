"""Failed tries by account and by address; kept in the database, so that a restart forgives nobody."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from repmon.steps.throttle import FORGOTTEN_AFTER, Pace, counted, next_try
from repmon.store.statements import one_at_a_time, table_of
from repmon.store.tables import ThrottleRow

THROTTLE = table_of(ThrottleRow)


def key(kind: str, what: str, value: str) -> str:
    """The name a count is kept under. Hashed: people type passwords into the field for the name."""
    return f"{kind}/{what}/{hashlib.sha256(value.casefold().encode()).hexdigest()[:24]}"


def take_try(session: Session, names: Sequence[str], pace: Pace, now: datetime) -> datetime | None:
    """Count one try under all these names before it is made; or, not counted, when the next one is allowed.

    Counting first keeps a hundred tries that come at once from all being the first.
    """
    one_at_a_time(session, "throttle")
    rows = {row.name: row for row in session.scalars(select(ThrottleRow).where(col(ThrottleRow.name).in_(names)))}
    for row in rows.values():
        row.tries = counted(row.tries, row.since, now)
    waits = [next_try(row.tries, row.since, pace, now) for row in rows.values()]
    latest = max((at for at in waits if at is not None), default=None)
    if latest is not None:
        return latest
    for name in names:
        row = rows.get(name) or ThrottleRow(name=name, since=now)
        row.tries, row.since = row.tries + 1, now
        session.add(row)
    session.flush()
    return None


def forgive(session: Session, names: Sequence[str]) -> None:
    """Start to count anew: the try was right."""
    session.connection().execute(delete(THROTTLE).where(THROTTLE.c.name.in_(names)))


def sweep(session: Session, now: datetime) -> None:
    """Forget counts that no longer matter."""
    session.connection().execute(delete(THROTTLE).where(THROTTLE.c.since < now - FORGOTTEN_AFTER))
