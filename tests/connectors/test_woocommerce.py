"""A WooCommerce shop: pages by number, 0 stars for none, and times in the zone that is named."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime

from repmon.steps.normalise import normalise
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.woocommerce import WooCommerce
from tests.connectors.doors import Prepared
from tests.connectors.odd import read_odd
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

SETTINGS = {"url": "https://shop.example", "consumer_key": "ck_made_up", "consumer_secret": "cs_made_up"}
SHOP = WooCommerce.model_validate(SETTINGS)
PAGE = reply("woocommerce_1.json")


class TestWooCommerce(Throttled, ConnectorContract):
    connector = WooCommerce
    settings = {**SETTINGS, "url": "{site}"}
    replies = [PAGE]
    throttled = reply("woocommerce_429.html")
    throttled_with = {"retry-after": "7200", "content-type": "text/html"}


def read(*pages: bytes, total: str | None = None):
    http = Prepared(*pages, headers={} if total is None else {"x-wp-totalpages": total})
    return [read_item(SHOP, item) for item in guarded_items(SHOP, http, "")], http


def test_nought_stars_are_no_rating():
    assert [review.rating for review in read(PAGE)[0]] == [1, 5, None, 3]


def test_the_time_is_the_one_whose_zone_is_known():
    assert read(PAGE)[0][0].written_at == datetime(2025, 3, 8, 17, 20, 5, tzinfo=UTC)


def test_the_number_of_pages_is_obeyed():
    second = PAGE.replace(b'"id": 90', b'"id": 80')
    reviews, http = read(PAGE, second, total="2")
    assert [params["page"] for _url, params in http.asked] == [1, 2]
    assert len(reviews) == 8


def test_a_page_that_is_not_full_is_the_last_where_the_shop_does_not_count():
    assert len(read(PAGE)[1].asked) == 1


def test_full_pages_are_followed_until_one_is_empty():
    one = json.loads(PAGE)[0]
    full = json.dumps([{**one, "id": number} for number in range(100)]).encode()
    reviews, http = read(full, b"[]")
    assert len(reviews) == 100
    assert len(http.asked) == 2


def test_a_shop_without_reviews_says_so():
    assert read(reply("woocommerce_empty.json"))[1].notes == [("woocommerce_no_reviews", {})]


def test_recorded_reviews_are_read():
    page = json.loads(payload("woocommerce/product_reviews_list.json"))
    reviews, _http = read(json.dumps(page).encode())
    assert reviews
    assert all(review.rating is None or 1 <= review.rating <= 5 for review in reviews)


def test_odd_reviews_are_read_as_they_are_and_one_with_an_impossible_date_is_set_aside():
    (bare, dressed, unrated), fields = read_odd(SHOP, reply("woocommerce_odd.json"))
    assert (bare.rating, bare.text, bare.author) == (None, "", "")
    assert normalise(dressed, "shop", None, datetime(2026, 1, 1, tzinfo=UTC)).author == "Ruud & Ines"
    assert unrated.rating is None
    assert fields == ["date_created_gmt"]
