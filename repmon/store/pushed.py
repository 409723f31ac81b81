"""The raw inbox: what was pushed to us is committed before anything looks inside, and taken in later."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlmodel import Session, col

from repmon.store.inbox import REVIEW, Arrival
from repmon.store.reviews import ATTEMPTS
from repmon.store.statements import insert_new, table_of
from repmon.store.tables import PushedRow, SourceRow

PUSHED = table_of(PushedRow)
TRY_AGAIN = timedelta(minutes=1)


def receive(
    session: Session, source_id: int, digest: str, body: bytes, headers: Mapping[str, str], now: datetime
) -> bool:
    """Keep one event; false when it came before. `digest` tells one event from another: its id, else its bytes."""
    row = {"source_id": source_id, "digest": digest, "body": body, "headers": dict(headers), "received_at": now}
    return bool(insert_new(session, PushedRow, [row], ["source_id", "digest"]))


def waiting(session: Session, source_id: int, now: datetime, limit: int) -> list[int]:
    """The numbers of a source's events that are to be taken in now, in the order they came."""
    query = (
        select(PUSHED.c.id)
        .where(PUSHED.c.source_id == source_id, PUSHED.c.settled_at.is_(None), PUSHED.c.quarantined_at.is_(None))
        .where(or_(PUSHED.c.next_attempt_at.is_(None), PUSHED.c.next_attempt_at <= now))
        .order_by(PUSHED.c.id)
        .limit(limit)
    )
    return list(session.connection().scalars(query))


def in_hand(session: Session, pushed_id: int) -> PushedRow | None:
    """The event, to be taken in within this transaction; None when another process has done so."""
    query = select(PushedRow).where(col(PushedRow.id) == pushed_id, col(PushedRow.settled_at).is_(None))
    return session.scalars(query.with_for_update()).first()


def settled(row: PushedRow, now: datetime) -> None:
    """It is taken in: its body is let go, since what it said is stored as a review; that it came is remembered."""
    row.settled_at, row.body, row.headers, row.error = now, b"", None, None


def put_off(session: Session, pushed_id: int, until: datetime) -> None:
    """Take it in later: it is no failure."""
    session.connection().execute(
        update(PUSHED).where(PUSHED.c.id == pushed_id, PUSHED.c.settled_at.is_(None)).values(next_attempt_at=until)
    )


def failed(row: PushedRow, error: dict[str, Any], now: datetime, *, for_good: bool) -> None:
    """It could not be taken in: `for_good` sets it aside with its body; else it is tried again, ATTEMPTS times."""
    row.attempts, row.error = row.attempts + 1, error
    if for_good or row.attempts >= ATTEMPTS:
        row.quarantined_at = now
    else:
        row.next_attempt_at = now + TRY_AGAIN


def retry(session: Session, source_id: int) -> None:
    """Try again what was set aside: a later repmon, or other settings, may understand it."""
    session.connection().execute(
        update(PUSHED)
        .where(PUSHED.c.source_id == source_id, PUSHED.c.quarantined_at.is_not(None), PUSHED.c.settled_at.is_(None))
        .values(quarantined_at=None, attempts=0, next_attempt_at=None)
    )


def set_aside_count(session: Session, source_id: int) -> int:
    """How many events of a source nobody could read."""
    query = select(PUSHED.c.id).where(
        PUSHED.c.source_id == source_id, PUSHED.c.quarantined_at.is_not(None), PUSHED.c.settled_at.is_(None)
    )
    return len(session.connection().scalars(query).all())


def newer_known(session: Session, source_id: int, arrivals: Sequence[Arrival]) -> set[tuple[str, str]]:
    """The identities of those arrivals of which a later state is stored: events may come in any order."""
    ids = [arrival.review.external_id for arrival in arrivals]
    rows = session.connection().execute(
        select(REVIEW.c.place, REVIEW.c.external_id, REVIEW.c.written_at, REVIEW.c.edited_at)
        .where(REVIEW.c.source_id == source_id, REVIEW.c.external_id.in_(ids))
    )  # fmt: skip
    stored = {(row.place, row.external_id): row.edited_at or row.written_at for row in rows}
    return {each.identity for each in arrivals if _is_older(each, stored.get(each.identity))}


def forget_old(session: Session, before: datetime) -> int:
    """Forget that events came which were settled before then; nobody repeats them any more. How many."""
    done = delete(PUSHED).where(PUSHED.c.settled_at.is_not(None), PUSHED.c.settled_at < before)
    return session.connection().execute(done).rowcount


def row_of(session: Session, name: str) -> int | None:
    """The number of a source by its name; None for one that is not there, or retired."""
    found = session.scalars(select(SourceRow).where(col(SourceRow.name) == name)).first()
    return found.id if found and found.state != "retired" else None


def _is_older(arrival: Arrival, stored: datetime | None) -> bool:
    given = arrival.review.edited_at or arrival.review.written_at
    return stored is not None and given is not None and given < stored
