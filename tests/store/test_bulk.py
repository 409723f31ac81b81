"""Many rows at once are the same rows as one at a time."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from repmon.store import sources
from repmon.store.bulk import AT_ONCE, insert_rows, update_rows
from repmon.store.tables import ReviewRow
from tests.store.conftest import NOW

LOCAL = datetime(2026, 2, 1, 3, 0, 0, 5, tzinfo=timezone(timedelta(hours=2)))
VALUES = {
    "external_id": "a", "content_hash": "h", "first_seen_at": NOW, "text": "Cold \u2019soup% :x ?", "rating": 2.5,
    "recommended": False, "history": True, "written_at": LOCAL, "at": LOCAL, "title": "",
}  # fmt: skip


@pytest.fixture
def parents(database):
    with database.write() as session:
        sources.sync(
            session, [{"name": "shop", "connector": "file", "location": None, "role": "own", "settings_hash": ""}], NOW
        )
        source = sources.source_named(session, "shop")
        listing = sources.listing_named(session, source.id, "", NOW)
        return {"source_id": source.id, "listing_id": listing.id}


def dumped(row: SQLModel) -> dict[str, object]:
    return row.model_dump(exclude={"id", "external_id"})


def test_rows_inserted_in_bulk_equal_rows_inserted_singly(database, parents):
    with database.write() as session:
        session.add(ReviewRow(**{**VALUES, **parents, "external_id": "single"}))
    with database.write() as session:
        insert_rows(session, ReviewRow, [{**VALUES, **parents}, {**VALUES, **parents, "external_id": "b"}])
    with database.read() as session:
        single, *bulk = session.scalars(select(ReviewRow).order_by(ReviewRow.id)).all()
    assert [dumped(row) for row in bulk] == [dumped(single)] * 2
    assert bulk[0].written_at == LOCAL
    assert bulk[0].written_at.utcoffset() == timedelta(0)


def test_more_rows_than_one_statement_takes_are_all_inserted_in_order(database, parents):
    names = [str(number) for number in range(2 * AT_ONCE + 1)]
    with database.write() as session:
        insert_rows(session, ReviewRow, [{**VALUES, **parents, "external_id": name} for name in names])
    with database.read() as session:
        assert session.scalars(select(ReviewRow.external_id).order_by(ReviewRow.id)).all() == names


def test_rows_updated_in_bulk_are_those_that_match(database, parents):
    with database.write() as session:
        insert_rows(session, ReviewRow, [{**VALUES, **parents, "external_id": name} for name in "abc"])
        update_rows(
            session, ReviewRow,
            [{"label": "negative", "unhappy": True, "edited_at": LOCAL, "id": 1, "version": 1},
             {"label": "positive", "unhappy": False, "edited_at": None, "id": 2, "version": 7}],
            where=("id", "version"),
        )  # fmt: skip
    with database.read() as session:
        rows = session.scalars(select(ReviewRow).order_by(ReviewRow.id)).all()
    assert [(row.label, row.unhappy, row.edited_at) for row in rows] == [
        ("negative", True, LOCAL), (None, False, None), (None, False, None),
    ]  # fmt: skip


def test_nothing_to_do_is_nothing_done_and_a_wrong_order_is_refused(database):
    with database.write() as session:
        insert_rows(session, ReviewRow, [])
        update_rows(session, ReviewRow, [], where=("id",))
        with pytest.raises(ValueError, match="come last"):
            update_rows(session, ReviewRow, [{"id": 1, "label": "x"}], where=("id",))
