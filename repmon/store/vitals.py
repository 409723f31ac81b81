"""How everything is doing, in figures: what the daemon plans its polls by and what its health page shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from repmon.store.statements import table_of
from repmon.store.tables import DeliveryRow, ListingRow, SourceRow, TargetRow

DELIVERY, LISTING = table_of(DeliveryRow), table_of(ListingRow)
SOURCE, TARGET = table_of(SourceRow), table_of(TargetRow)


@dataclass(frozen=True, slots=True)
class SourceVitals:
    """When a source was last asked, and whether it may be asked now. `unfinished`: a read of it was cut short."""

    name: str
    state: str
    last_poll_at: datetime | None
    not_before: datetime | None
    unfinished: bool
    last_ok_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutboxVitals:
    """How many messages wait, how many were given up, and how many targets failed at their last attempt."""

    pending: int
    failed: int
    ailing_targets: int


def sources_now(session: Session) -> dict[str, SourceVitals]:
    """Look up every source that is in the configuration, by name."""
    cut = set(session.connection().scalars(select(LISTING.c.source_id).where(LISTING.c.last_finished.is_(False))))
    query = select(SOURCE.c.id, SOURCE.c.name, SOURCE.c.state, SOURCE.c.last_poll_at, SOURCE.c.not_before,
                   SOURCE.c.last_ok_at)  # fmt: skip
    rows = session.connection().execute(query.where(SOURCE.c.state != "retired").order_by(SOURCE.c.id))
    return {
        row.name: SourceVitals(row.name, row.state, row.last_poll_at, row.not_before, row.id in cut, row.last_ok_at)
        for row in rows
    }


def outbox_now(session: Session) -> OutboxVitals:
    """Count what is in the outbox, and the targets in trouble."""
    of_state = select(DELIVERY.c.state, func.count()).where(DELIVERY.c.state != "delivered").group_by(DELIVERY.c.state)
    counts: dict[str, int] = {row[0]: row[1] for row in session.connection().execute(of_state)}
    ailing = select(func.count()).where(TARGET.c.failures > 0, TARGET.c.retired_at.is_(None))
    return OutboxVitals(
        counts.get("pending", 0) + counts.get("held", 0), counts.get("failed", 0),
        session.connection().scalar(ailing) or 0,
    )  # fmt: skip
