"""A site's daily allowance: what an account has left of it, and how that is spread over the rest of the day."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session

from repmon.store.statements import table_of
from repmon.store.tables import ListingRow, SourceRow

SOURCE, LISTING = table_of(SourceRow), table_of(ListingRow)


def calls_left(session: Session, names: Collection[str], per_day: int, now: datetime, *, already: int) -> int:
    """How many requests the allowance leaves for the sources that share it; `already`: made, not yet written down."""
    query = select(func.sum(SOURCE.c.calls)).where(SOURCE.c.name.in_(names), SOURCE.c.calls_on == now.date())
    return max(per_day - (session.connection().scalar(query) or 0) - already, 0)


def space(
    session: Session, source_id: int, names: Collection[str], per_day: int, cost: int, every: timedelta, now: datetime
) -> None:
    """After a good poll: when the next one may be, so that what is left lasts all who share it until midnight (UTC).

    `cost` is what a poll of this source takes in requests. Where the allowance is ample, `every` is as it was.
    """
    left = calls_left(session, names, per_day, now, already=0)
    rest = until_midnight(now)
    wait = rest * min(cost * len(names) / left, 1.0) if left else rest
    session.get_one(SourceRow, source_id).not_before = now + wait if wait > every else None


def listing_count(session: Session, source_id: int) -> int:
    """How many listings a source is known to have, at least one."""
    query = select(func.count()).select_from(LISTING).where(LISTING.c.source_id == source_id)
    return max(session.connection().scalar(query) or 0, 1)


def until_midnight(now: datetime) -> timedelta:
    """How long the day still is, by which the requests are counted."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1) - now
