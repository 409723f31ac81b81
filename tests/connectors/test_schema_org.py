"""Pages with marked-up reviews: JSON-LD in every shape it has, microdata, scales, ids where a page gives none."""
# ruff: noqa: RUF012 - written as the tutorial shows it

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from repmon.errors import ItemUnreadable, SourceBusy, SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract, Reply
from repmon_connectors.schema_org import SchemaOrg
from tests.connectors.doors import Prepared
from tests.connectors.replies import reply
from tests.shared import payload

RECORDED = (
    "bakewithzoha.com", "delishkitchen.tv", "fitmencook.com", "food.com", "inspiredtaste.net", "justapinch.com",
    "littlespicejar.com", "marthastewart.com", "polishfoodies.com", "recept.se", "reishunger.de", "tasteofhome.com",
    "themodernproper.com",
)  # fmt: skip
SITE = SchemaOrg(url="https://aurora.example", pages=["/guests"])


class TestSchemaOrg(ConnectorContract):
    connector = SchemaOrg
    settings = {"url": "{site}", "pages": ["/guests"]}
    replies = [reply("schema_org_page.html")]
    content_type = "text/html; charset=utf-8"
    broken = reply("schema_org_broken.html")
    forgives = frozenset({"wrong encoding"})

    def test_a_website_that_asks_to_wait_is_waited_for(self):
        outcome = self._from(Reply(reply("schema_org_429.html"), 429, {"retry-after": "7200"}))
        assert isinstance(outcome.error, SourceBusy)


def read(page: bytes, site: SchemaOrg = SITE):
    http = Prepared(page)
    return [read_item(site, item) for item in guarded_items(site, http, site.pages[0])], http


def script(json_ld: str) -> bytes:
    return f'<script type="application/ld+json">{json_ld}</script>'.encode()


def test_reviews_are_found_in_graphs_lists_and_wrapped_blocks():
    reviews, http = read(reply("schema_org_page.html"))
    assert [(one.author, one.rating, one.out_of) for one in reviews] == [
        ("Ines Probe", 2, 5), ("Ola Muster", 9, 10), ("Kim", None, 5),
    ]  # fmt: skip
    assert http.asked == [("https://aurora.example/guests", {})]
    assert http.notes == []


def test_a_review_with_an_address_of_its_own_is_known_by_it():
    reviews, _http = read(reply("schema_org_page.html"))
    assert reviews[0].id == "https://aurora.example/guests#guest-1"


def test_a_bare_date_is_of_the_zone_in_the_settings():
    site = SchemaOrg(url="https://aurora.example", pages=["/guests"], time_zone="Europe/Amsterdam")
    reviews, _http = read(reply("schema_org_page.html"), site)
    assert reviews[0].written_at == datetime(2025, 3, 1, 23, 0, tzinfo=UTC)
    assert reviews[2].written_at is None


def test_microdata_is_read_even_where_elements_are_left_open():
    reviews, _http = read(reply("schema_org_microdata.html"))
    assert [(one.author, one.rating, one.text) for one in reviews] == [
        ("Dov Tester", 3.5, "Good scones, slow service."), ("Ada Tester", None, "Will come again."),
    ]  # fmt: skip
    assert reviews[0].written_at == datetime(2025, 2, 11, tzinfo=UTC)


def test_a_page_that_says_the_same_twice_has_one_review():
    reviews, _http = read(reply("schema_org_page.html") + reply("schema_org_microdata.html"))
    assert len(reviews) == 3
    twice, _http = read(
        script('[{"@type": "Review", "reviewBody": "Good"}, {"@type": "Review", "reviewBody": "Good"}]')
    )
    assert len(twice) == 1


def test_two_bare_ratings_are_two_reviews():
    one = '{"@type": "Review", "reviewRating": {"ratingValue": 4}}'
    reviews, _http = read(script(f"[{one}, {one}]"))
    assert len({review.id for review in reviews}) == 2


@pytest.mark.parametrize(("given", "rating"), [
    ('"ratingValue": "4"', 4), ('"ratingValue": "4,5"', 4.5), ('"ratingValue": ""', None), ('"ratingValue": 87', None),
    ('"ratingValue": 87, "bestRating": "100"', 87), ('"bestRating": 5', None),
])  # fmt: skip
def test_a_figure_whose_scale_is_not_known_is_no_rating(given: str, rating: float | None):
    page = script('{"@type": "Review", "reviewBody": "x", "reviewRating": {' + given + "}}")
    assert read(page)[0][0].rating == rating


def test_a_block_that_is_no_json_costs_itself_only():
    reviews, http = read(script("{nonsense") + script('{"@type": "Review", "reviewBody": "Fine"}'))
    assert [one.text for one in reviews] == ["Fine"]
    assert http.notes == [("schema_block_unreadable", {"blocks": 1})]


def test_a_page_with_data_but_no_reviews_is_noted_and_one_without_data_has_changed():
    reviews, http = read(reply("schema_org_empty.html"))
    assert (reviews, http.notes) == ([], [("schema_no_reviews", {"page": "/guests"})])
    with pytest.raises(SourceChanged) as changed:
        read(b"<html><body>Back soon</body></html>")
    assert changed.value.code == "schema_nothing"


def test_a_page_nested_absurdly_deep_ends_in_an_error():
    with pytest.raises(SourceChanged):
        read(script('{"review":' * 100_000) + b"<div>" * 100_000)


@pytest.mark.parametrize("url", [
    "https://www.google.com/maps/x", "https://www.yelp.co.uk/biz/x", "ftp://aurora.example", "https://judge.me/x",
])  # fmt: skip
def test_pages_of_review_sites_are_refused(url: str):
    with pytest.raises(ValidationError):
        SchemaOrg(url=url)


def test_a_site_of_ones_own_may_be_called_after_its_bookings():
    assert SchemaOrg(url="https://booking.aurora.example").pages == [""]


@pytest.mark.parametrize("site", RECORDED)
def test_recorded_pages_are_read(site: str):
    http = Prepared(payload(f"schema_org/{site}.html"))
    reviews, unreadable = [], 0
    for item in guarded_items(SITE, http, "/guests"):
        try:
            reviews.append(read_item(SITE, item))
        except ItemUnreadable:
            unreadable += 1
    assert reviews
    assert unreadable == 0
    assert len({one.id for one in reviews}) == len(reviews)
