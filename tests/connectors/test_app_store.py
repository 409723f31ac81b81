"""Apple's feed: pages, the app among its reviews, one entry for a list, and no entries at all."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from repmon.errors import ItemUnreadable
from repmon.steps.reading import guarded_items, read_item
from repmon_connectors.app_store import AppStore
from tests.connectors.doors import Prepared
from tests.connectors.odd import read_odd
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

PAGES = [reply("app_store_1.json"), reply("app_store_2.json"), reply("app_store_empty.json")]
APP = AppStore(app_id="1001", countries=["nl"])


class TestBusyStore(Throttled):
    connector = AppStore
    settings = {"app_id": "1001", "countries": ["nl"], "base_url": "{site}"}
    replies = PAGES
    throttled = reply("app_store_429.html")
    throttled_with = {"content-type": "text/html"}
    waits = None


def read(*pages: bytes):
    http = Prepared(*pages)
    return [read_item(APP, item) for item in guarded_items(APP, http, "nl")], http


def test_the_app_itself_is_no_review_and_a_lone_entry_is_one():
    reviews, _http = read(*PAGES)
    assert [review.id for review in reviews] == ["90004", "90003", "90002", "90001"]


def test_an_entry_in_our_words():
    first = read(*PAGES)[0][0]
    assert (first.rating, first.title, first.text) == (
        1,
        "Booked twice",
        "Took my booking twice and\ncharged me for both.",
    )
    assert first.author == "noor_h"
    assert first.written_at == datetime(2025, 3, 8, 18, 20, 5, tzinfo=UTC)


def test_the_address_is_the_one_of_the_feed():
    _reviews, http = read(*PAGES)
    assert http.asked[1][0] == "https://itunes.apple.com/nl/rss/customerreviews/page=2/id=1001/sortby=mostrecent/json"


def test_reading_ends_at_page_ten_for_the_eleventh_is_an_error():
    pages = [PAGES[1].replace(b"90001", str(80000 + number).encode()) for number in range(12)]
    _reviews, http = read(*pages)
    assert len(http.asked) == 10


def test_no_entries_are_noted_because_they_do_not_mean_no_reviews():
    reviews, http = read(PAGES[2])
    assert reviews == []
    assert http.notes == [("app_store_no_entries", {"country": "nl"})]


def test_a_page_past_the_end_is_no_reason_for_a_note():
    assert read(*PAGES)[1].notes == []


def test_a_review_that_lost_its_rating_is_set_aside_and_not_skipped():
    page = json.loads(PAGES[1])
    del page["feed"]["entry"]["im:rating"]
    (item,) = guarded_items(APP, Prepared(json.dumps(page).encode(), PAGES[2]), "nl")
    with pytest.raises(ItemUnreadable) as caught:
        read_item(APP, item)
    assert caught.value.field == "im:rating"


def test_every_country_is_a_listing_once():
    assert AppStore(app_id=1001, countries=["US", "nl", "us"]).listings() == ["us", "nl"]


@pytest.mark.parametrize("wrong", [{"app_id": "id1001"}, {"countries": ["usa"]}, {"countries": []}, {"appid": "1"}])
def test_settings_that_cannot_be_right_are_refused(wrong: dict[str, object]):
    with pytest.raises(ValidationError):
        AppStore.model_validate({"app_id": "1001", **wrong})


@pytest.mark.parametrize(
    ("name", "count"), [("1510826067_gb_1", 4), ("497799835_cn_10", 50), ("100000000_gb_1", 0), ("1510826067_gb_2", 0)]
)
def test_recorded_feeds_are_read_whole(name: str, count: int):
    reviews, http = read(payload(f"apple_rss/{name}.json"), payload("apple_rss/empty_page.json"))
    assert len({review.id for review in reviews}) == count
    assert all(1 <= review.rating <= 5 and review.text and review.author for review in reviews)
    assert bool(http.notes) is (count == 0)


def test_an_entry_may_lack_all_but_its_id_its_rating_and_its_date():
    (whole, bare), fields = read_odd(APP, reply("app_store_odd.json"), reply("app_store_empty.json"))
    assert (whole.id, whole.rating) == ("90009", 2)
    assert (bare.title, bare.text, bare.author, bare.url) == (None, "", None, None)
    assert fields == ["rating"]
