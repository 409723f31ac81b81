"""Whatever a site sends ends in a row on both databases, or is set aside by name: nothing stops the page."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from repmon.connector import Reply, SiteReview
from repmon.errors import ItemUnreadable
from repmon.steps.normalise import content_hash, normalise
from repmon.store import inbox, sources
from repmon.store.inbox import Arrival
from repmon.store.tables import EventRow, ReviewRow
from tests.store.conftest import NOW

NASTY = "a\x00b\x1b[31m\u202ec\x85d"


@pytest.fixture
def shop(database):
    with database.write() as session:
        sources.sync(
            session, [{"name": "shop", "connector": "file", "location": None, "role": "own", "settings_hash": ""}], NOW
        )
        source = sources.source_named(session, "shop")
        return database, source.id, sources.listing_named(session, source.id, "", NOW).id


def store(shop, *given):
    database, source_id, listing_id = shop
    arrivals = [
        Arrival(normalise(each, "shop", None, NOW), "{}", content_hash(each), None, quiet=False) for each in given
    ]
    with database.write() as session:
        return inbox.take_in(session, source_id, listing_id, arrivals, NOW)


def stored(shop):
    with shop[0].read() as session:
        return session.scalars(select(ReviewRow).order_by(ReviewRow.id)).all()


@pytest.mark.parametrize("field", ["id", "text", "title", "author", "url", "language", "place", "reply", "state"])
def test_control_characters_in_any_field_can_be_stored(shop, field):
    values = {"id": "x", "text": "Cold soup"}
    if field == "reply":
        values["reply"] = Reply(text=NASTY, at=NOW)
    elif field == "state":
        values["reply"] = Reply(text="Thank you", state=NASTY)
    else:
        values[field] = ("https://site.example/" if field == "url" else "") + NASTY
    given = SiteReview(**values)
    assert store(shop, given) == ["new"]
    assert store(shop, given) == ["known"]
    row = stored(shop)[0]
    assert all("\x00" not in value for value in row.model_dump().values() if isinstance(value, str))


def test_a_link_keeps_nothing_that_could_act_in_a_terminal_or_a_header(shop):
    store(shop, SiteReview(id="x", text="Cold", url=f"https://site.example/{NASTY}\r\nX: y"))
    assert stored(shop)[0].url.isprintable()


def test_two_ids_that_differ_only_in_what_cannot_be_stored_stay_two(shop):
    assert store(shop, SiteReview(id="a\x00b", text="One"), SiteReview(id="ab", text="Two")) == ["new", "new"]


def test_a_megabyte_of_text_is_stored(shop):
    assert store(shop, SiteReview(id="x", text="cold soup " * 120_000)) == ["new"]
    assert len(stored(shop)[0].text) > 900_000


def test_numbers_as_ids_and_numbers_as_text_are_the_same_id(shop):
    assert store(shop, SiteReview(id=12345678901234567890, text="Cold")) == ["new"]  # type: ignore[arg-type]
    assert store(shop, SiteReview(id="12345678901234567890", text="Cold")) == ["known"]


@pytest.mark.parametrize("rating", ["five", 11, -1, float("nan"), float("inf")])
def test_an_impossible_rating_is_refused_by_name_and_never_made_up(rating):
    with pytest.raises((ItemUnreadable, ValueError)) as refused:
        normalise(SiteReview(id="x", text="Cold", rating=rating), "shop", None, NOW)
    assert "rating" in str(refused.value)


def test_no_stars_is_no_rating_while_no_points_is_an_answer(shop):
    store(shop, SiteReview(id="a", text="Cold", rating=0), SiteReview(id="b", rating=0, out_of=10, scale="nps"))
    assert [(row.rating, row.given, row.scale) for row in stored(shop)] == [(None, 0, "stars"), (None, 0, "nps")]


def test_any_scale_becomes_stars_of_five(shop):
    store(shop, SiteReview(id="a", rating=7, out_of=10), SiteReview(id="b", rating="4,5".replace(",", ".")))
    assert [row.rating for row in stored(shop)] == [3.5, 4.5]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)),
        (NOW + timedelta(days=1), NOW + timedelta(days=1)),
        (NOW + timedelta(days=900), None),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), None),
        (datetime.fromisoformat("0001-01-01T00:00:00+14:00"), None),
        (datetime.fromisoformat("2026-02-01T03:00:00.123456+02:00"), datetime(2026, 2, 1, 1, 0, 0, 123456, tzinfo=UTC)),
    ],
)
def test_a_time_is_kept_to_the_microsecond_or_is_no_time(shop, given, kept):
    store(shop, SiteReview(id="a", text="Cold", written_at=given))
    assert stored(shop)[0].written_at == kept


def test_a_time_without_a_zone_needs_the_connector_to_name_one():
    naive = SiteReview(id="a", text="Cold", written_at=datetime(2026, 1, 1, 12))  # noqa: DTZ001 - the case
    with pytest.raises(ItemUnreadable, match="written_at"):
        normalise(naive, "shop", None, NOW)
    assert normalise(naive, "shop", "Europe/Amsterdam", NOW).written_at == datetime(2026, 1, 1, 11, tzinfo=UTC)


def test_two_processes_that_store_the_same_page_at_once_store_it_once(shop):
    given = [SiteReview(id=f"r{number}", text="Cold") for number in range(40)]
    results, start = [], threading.Barrier(4)

    def take() -> None:
        start.wait()
        results.append(store(shop, *given))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert sum(verdicts.count("new") for verdicts in results) == 40
    with shop[0].read() as session:
        assert len(session.scalars(select(EventRow)).all()) == 40
