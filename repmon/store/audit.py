"""The chain of what people did: each entry carries the hash of the one before, so that a change shows.

Whoever can write the whole database can write a new chain from its beginning; against that, keep a copy of the head.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from repmon.store.memory import recall, remember
from repmon.store.statements import one_at_a_time
from repmon.store.tables import AuditRow

HEAD = "audit.head"
"""The fact that remembers `COUNT HASH` of the newest entry: a chain cut off at its end is still a whole chain."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries there should be, and the hash of the newest; "" before the first."""

    count: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is not as it was written; `id` 0 where an entry is gone from the end. `say` words it."""

    id: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def append(
    session: Session, action: str, subject: str, *, actor: str, at: datetime,
    values: Mapping[str, str | int | bool | None] | None = None,
) -> AuditRow:  # fmt: skip
    """Add an entry in the transaction of the act itself: both are written, or neither.

    `action` is `thing.done` (`draft.approved`), `subject` `thing/id`; `values` hold ids, figures and hashes only.
    Only the head is looked at and carried on, so that a chain which was tampered with does not mend.
    """
    one_at_a_time(session, HEAD)
    head = head_of(session)
    row = AuditRow(at=at, actor=actor, action=action, subject=subject, values=dict(values or {}), previous=head.hash,
                   hash="")  # fmt: skip
    row.hash = _hash(row)
    session.add(row)
    session.flush()
    remember(session, HEAD, f"{head.count + 1} {row.hash}", at)
    return row


def head_of(session: Session) -> Head:
    """Tell what is remembered of the newest entry."""
    fact = recall(session, HEAD)
    if fact is None:
        return Head()
    count, _, newest = fact.value.partition(" ")
    return Head(int(count), newest) if count.isdigit() else Head(0, newest)


def verify(session: Session) -> Broken | None:
    """Read the chain from its beginning; the first broken entry, None when all are as they were written."""
    one_at_a_time(session, HEAD)  # the head and the entries are to be of one moment
    head = head_of(session)
    count, previous = 0, ""
    query = select(AuditRow).order_by(col(AuditRow.id)).execution_options(yield_per=_BATCH)
    with closing(session.scalars(query)) as rows:
        for row in rows:
            if row.previous != previous:
                return Broken(row.id or 0, "audit_out_of_line", _named(row))
            if row.hash != _hash(row):
                return Broken(row.id or 0, "audit_changed", _named(row))
            count, previous = count + 1, row.hash
            session.expunge(row)
    return _end(head, Head(count, previous))


def _end(expected: Head, found: Head) -> Broken | None:
    if found == expected:
        return None
    code = "audit_added" if found.count > expected.count else "audit_cut_off"
    return Broken(0, code, {"expected": expected.count, "found": found.count})


def _hash(row: AuditRow) -> str:
    """SHA-256 of all an entry says, in one form whatever the database."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [row.previous, at, row.actor, row.action, row.subject, row.values]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _named(row: AuditRow) -> dict[str, object]:
    return {"id": row.id, "action": row.action, "subject": row.subject, "actor": row.actor, "at": row.at.isoformat()}
