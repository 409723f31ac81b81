"""Sources and listings: their rows follow the configuration, and each poll's outcome is written down."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from repmon.errors import StoreError
from repmon.store.statements import insert_new, table_of
from repmon.store.tables import ItemRow, ListingRow, ReviewRow, SourceRow

REVIEW = table_of(ReviewRow)
USUAL = timedelta(weeks=8)


def sync(session: Session, configured: Iterable[Mapping[str, Any]], now: datetime) -> None:
    """Make the rows follow the configuration (`name, connector, location, role, settings_hash`).

    A source gone from it is retired and its reviews stay; one that comes back is taken up where it was. Changed
    settings lift a pause, since the person has probably mended what caused it.
    """
    rows = {row.name: row for row in session.scalars(select(SourceRow))}
    wanted = {str(each["name"]): each for each in configured}
    for name, each in wanted.items():
        row = rows.get(name)
        if row is None:
            insert_new(session, SourceRow, [{**each, "added_at": now}], ["name"])
            continue
        if row.state == "retired" or (row.state == "paused" and row.settings_hash != each["settings_hash"]):
            row.state, row.retired_at, row.not_before = ("failing" if row.failing_since else "ok"), None, None
        for column in ("connector", "location", "role", "settings_hash"):
            setattr(row, column, each[column])
    for name, row in rows.items():
        if name not in wanted and row.state != "retired":
            row.state, row.retired_at = "retired", now


def source_named(session: Session, name: str) -> SourceRow | None:
    """The row of a source by its name in the configuration."""
    return session.scalars(select(SourceRow).where(col(SourceRow.name) == name)).first()


def all_sources(session: Session) -> list[SourceRow]:
    """Every source there ever was, in the order they were added."""
    return list(session.scalars(select(SourceRow).order_by(col(SourceRow.id))))


def rename(session: Session, old: str, new: str) -> None:
    """Give a source another name; its reviews, alerts and history come along."""
    row = source_named(session, old)
    if row is None:
        raise StoreError("source_unknown", name=old)
    other = source_named(session, new)
    if other is not None:
        if _review_count(session, other) or other.polls:
            raise StoreError("source_name_taken", name=new)
        for table in (table_of(ItemRow), table_of(ListingRow)):
            session.connection().execute(delete(table).where(table.c.source_id == other.id))
        session.delete(other)
        session.flush()
    row.name = new


def listing_named(session: Session, source_id: int, name: str, now: datetime) -> ListingRow:
    """The row of one listing of a source, made on first sight."""
    insert_new(session, ListingRow, [{"source_id": source_id, "name": name, "added_at": now}], ["source_id", "name"])
    query = select(ListingRow).where(col(ListingRow.source_id) == source_id, col(ListingRow.name) == name)
    return session.scalars(query).one()


def listings_of(session: Session, source_id: int) -> list[ListingRow]:
    """The listings of a source that have been looked at."""
    return list(session.scalars(select(ListingRow).where(col(ListingRow.source_id) == source_id)))


def finish_read(
    session: Session, listing_id: int, now: datetime, *, swept: bool, recent: bool, validators: Mapping[str, str],
    notes: Sequence[tuple[str, Mapping[str, object]]],
) -> None:  # fmt: skip
    """A read came to its natural end: `swept` when it went all the way down, `recent` when past the last 14 days."""
    row = session.get_one(ListingRow, listing_id)
    row.last_finished, row.last_read_at = True, now
    row.first_finished_at = row.first_finished_at or now
    row.last_sweep_at = now if swept else row.last_sweep_at or now
    row.last_recent_at = now if recent else row.last_recent_at
    row.validators, row.note = dict(validators), [[code, dict(values)] for code, values in notes]
    row.reviews = reviews_shown(session, listing_id)


def reviews_shown(session: Session, listing_id: int) -> int:
    """How many reviews of a listing the site shows, as far as we know."""
    shown = (REVIEW.c.listing_id == listing_id, REVIEW.c.removed_at.is_(None))
    return session.scalar(select(func.count()).select_from(REVIEW).where(*shown)) or 0


def begin_gap(session: Session, listing_id: int) -> None:
    """News were stored from the top of a listing: until this read has ended well there may be a gap below them, so
    a read after a crash goes all the way.
    """
    session.get_one(ListingRow, listing_id).last_finished = False


def cut_read(session: Session, listing_id: int, depth: int) -> None:
    """The site's daily allowance lets a read get no further than `depth` items."""
    session.get_one(ListingRow, listing_id).cut_depth = depth


def set_aside(session: Session, items: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Keep items that could not be read (`source_id, listing_id, digest, raw, field, error`); known ones are counted
    as seen again, with what is wrong with them now.
    """
    table = table_of(ItemRow)
    for item in items:
        row = {**item, "first_seen_at": now, "last_seen_at": now, "quarantined_at": now, "attempts": 1}
        if not insert_new(session, ItemRow, [row], ["source_id", "digest"]):
            session.connection().execute(
                update(table)
                .where(table.c.source_id == item["source_id"], table.c.digest == item["digest"])
                .values(last_seen_at=now, attempts=table.c.attempts + 1, error=item["error"], settled_at=None)
            )


def settle_items(session: Session, source_id: int, digests: Sequence[str], now: datetime) -> None:
    """Items that can be read after all (a later repmon knows the form) are no longer set aside."""
    table = table_of(ItemRow)
    if digests:
        session.connection().execute(
            update(table).where(table.c.source_id == source_id, table.c.digest.in_(digests)).values(settled_at=now)
        )


def items_set_aside(session: Session, source_id: int) -> list[ItemRow]:
    """The items of a source that nobody could read yet."""
    query = select(ItemRow).where(col(ItemRow.source_id) == source_id, col(ItemRow.settled_at).is_(None))
    return list(session.scalars(query.order_by(col(ItemRow.id))))


def set_aside_counts(session: Session) -> dict[int, int]:
    """How many items and reviews of each source are set aside."""
    items, counts = table_of(ItemRow), dict[int, int]()
    of_items = select(items.c.source_id, func.count()).where(items.c.settled_at.is_(None)).group_by(items.c.source_id)
    of_rows = (
        select(REVIEW.c.source_id, func.count())
        .where(REVIEW.c.step != "done", REVIEW.c.quarantined_at.is_not(None))
        .group_by(REVIEW.c.source_id)
    )
    for query in (of_items, of_rows):
        for source_id, number in session.connection().execute(query):
            counts[source_id] = counts.get(source_id, 0) + number
    return counts


def review_counts(session: Session, now: datetime) -> dict[int, tuple[int, float]]:
    """For each source: how many reviews are stored, and how many a week it brought over the last eight weeks.

    The rate goes by when reviews were written, or first seen where that is unknown, over the weeks since the oldest.
    """
    when = func.coalesce(REVIEW.c.written_at, REVIEW.c.first_seen_at)
    totals = session.connection().execute(
        select(REVIEW.c.source_id, func.count(), func.min(when)).group_by(REVIEW.c.source_id)
    )
    lately = session.connection().execute(
        select(REVIEW.c.source_id, func.count()).where(when > now - USUAL).group_by(REVIEW.c.source_id)
    )
    recent: dict[int, int] = {source_id: number for source_id, number in lately}  # noqa: C416 - rows are not pairs
    return {
        source_id: (total, round(recent.get(source_id, 0) / _weeks(oldest, now), 1))
        for source_id, total, oldest in totals
    }


def _weeks(oldest: datetime, now: datetime) -> float:
    return max(min(USUAL, now - oldest) / timedelta(weeks=1), 1.0)


def _review_count(session: Session, row: SourceRow) -> int:
    return session.scalar(select(func.count()).select_from(REVIEW).where(REVIEW.c.source_id == row.id)) or 0
