"""Full-text search: what a person types finds what reviews say, and nothing typed is ever query syntax."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from repmon.store import desk_views, views
from repmon.store.bulk import insert_rows
from repmon.store.desk_views import Wanted
from repmon.store.search import REVIEW
from repmon.store.tables import ListingRow, ReviewRow, SourceRow
from repmon.store.views import ReviewFilter
from tests.store.conftest import NOW

TEXTS = {
    1: "The soup was cold. Don't go!", 2: "Die Suppe war kalt, trotz „Crème brûlée“", 3: "スープが冷たい",
    4: "Bad 😡 soup", 5: "100% wool", 6: "", 7: "a\\b 'quoted' \"double\" NEAR(x y) col:on * ^ - + AND OR NOT",
}  # fmt: skip


@pytest.fixture
def stocked(database):
    with database.write() as session:
        session.add(SourceRow(id=1, name="survey", connector="file", settings_hash="x", added_at=NOW))
        session.flush()
        session.add(ListingRow(id=1, source_id=1, name="", added_at=NOW))
        session.flush()
        insert_rows(session, ReviewRow, [
            {"id": n, "source_id": 1, "listing_id": 1, "external_id": str(n), "text": text, "author": "Ørjan Pol",
             "title": "Tuesday" if n == 1 else "", "first_seen_at": NOW, "at": NOW + timedelta(hours=n),
             "content_hash": "h"} for n, text in TEXTS.items()
        ])  # fmt: skip
    return database


def found(database, words: str) -> list[int]:
    with database.read() as session:
        return sorted(views.review_ids(session, ReviewFilter(search=words)))


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("SOUP", [1, 4]), ("sou", [1, 4]), ("cold soup", [1]), ("sou cold", []), ("tuesday cold", [1]),
        ("ørjan", [1, 2, 3, 4, 5, 6, 7]), ("冷たい", [3]), ("😡", [4]), ("soup 😡", [4]), ("don't", [1]), ("100%", [5]),
        ("", [1, 2, 3, 4, 5, 6, 7]), ("  ", [1, 2, 3, 4, 5, 6, 7]), ("oup", []),
    ],
)  # fmt: skip
def test_words_find_the_reviews_that_say_them(stocked, words, numbers):
    assert found(stocked, words) == numbers


def test_on_sqlite_accents_do_not_matter(stocked):
    if not stocked.is_sqlite:
        pytest.skip("PostgreSQL's plain dictionary keeps accents")
    assert found(stocked, "creme brulee") == [2]


@pytest.mark.parametrize(
    "words",
    [
        '"', "'", "soup OR", "NOT", "NEAR(", "text:soup", "soup*", "^soup", "-soup", "(", ")", "a AND", "\\", "\\'",
        "a\x00b", "\x00", "%", "_", ";--", "😡" * 50, "soup " * 2000, "x" * 10_000, "\ud800",
        "'; DROP TABLE review; --", ":*", "&|!<->",
    ],
)  # fmt: skip
def test_no_input_is_syntax_or_an_error(stocked, words):
    found(stocked, words)
    with stocked.read() as session:
        desk_views.page(session, Wanted(tab="all", search=words), NOW, after=None, limit=5)


def test_syntax_is_found_as_text(stocked):
    for words in ("NEAR(x", "col:on", '"double"', "'quoted'", "a\\b"):
        assert found(stocked, words) == [7]


def test_the_index_follows_edits_and_erasure(stocked):
    with stocked.write() as session:
        session.connection().execute(update(REVIEW).where(REVIEW.c.id == 1).values(text="All was warm"))
    assert found(stocked, "soup") == [4]
    assert found(stocked, "warm") == [1]
    with stocked.write() as session:
        session.connection().execute(REVIEW.delete().where(REVIEW.c.id == 4))
    assert found(stocked, "soup") == []
    if stocked.is_sqlite:
        with stocked.write() as session:
            session.connection().exec_driver_sql("INSERT INTO review_words(review_words) VALUES ('integrity-check')")


def test_a_review_of_a_megabyte_of_different_words_is_stored_and_found(stocked):
    text = " ".join(f"word{n}" for n in range(120_000))
    with stocked.write() as session:
        session.connection().execute(update(REVIEW).where(REVIEW.c.id == 6).values(text=text))
    assert found(stocked, "word77") == [6]
