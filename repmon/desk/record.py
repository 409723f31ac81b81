"""Taking a copy of the record of what people did, which is itself written to the record."""

import json
from collections.abc import Iterator
from datetime import UTC

from repmon.steps.sheet import csv_line
from repmon.store import audit
from repmon.store.audit_views import AuditFilter, entries_after
from repmon.store.tables import AuditRow
from repmon.turn.world import World

BATCH = 500
HEAD = ("id", "at", "actor", "action", "subject", "values", "previous", "hash")


def export_record(world: World, wanted: AuditFilter, *, by: str) -> Iterator[str]:
    """Write down that the record was taken, then give it as lines of CSV, oldest first, that entry included."""
    with world.database.write() as session:
        asked = {"actor_asked": wanted.actor or None, "action_asked": wanted.action or None}
        last = audit.append(session, "audit.exported", "audit", actor=by, at=world.clock(), values=asked).id or 0
    return _lines(world, wanted, last)


def _lines(world: World, wanted: AuditFilter, last: int) -> Iterator[str]:
    yield csv_line(HEAD)
    after = 0
    while True:
        with world.database.read() as session:
            rows = entries_after(session, wanted, after=after, limit=BATCH)
        for row in rows:
            if row.id is None or row.id > last:
                return
            after = row.id
            yield csv_line(_cells(row))
        if len(rows) < BATCH:
            return


def _cells(row: AuditRow) -> tuple[object, ...]:
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return (row.id, at, row.actor, row.action, row.subject, json.dumps(row.values, sort_keys=True),
            row.previous, row.hash)  # fmt: skip
