"""Yelp: three excerpts, times of its own zone, and a day to keep them."""
# ruff: noqa: RUF012 - written as the tutorial shows it

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from repmon.errors import SourceChanged
from repmon.steps.normalise import normalise
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.yelp import Yelp
from tests.connectors.line import Line
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

SETTINGS = {"business": "trattoria-aurora-utrecht", "api_key": "made-up-key"}
PLACE = Yelp.model_validate(SETTINGS)


class TestYelp(Throttled, ConnectorContract):
    connector = Yelp
    settings = {**SETTINGS, "base_url": "{site}/v3"}
    replies = [reply("yelp_1.json")]
    throttled = reply("yelp_429.json")
    throttled_with = {"ratelimit-dailylimit": "300", "ratelimit-remaining": "0", "ratelimit-resettime": "{iso}"}


def read(page: bytes, place: Yelp = PLACE):
    http = Line(page)
    return [read_item(place, item) for item in guarded_items(place, http, "")], http


def test_one_request_with_the_key_in_its_header():
    _reviews, http = read(reply("yelp_1.json"))
    (asked,) = http.asked
    assert asked.url == "https://api.yelp.com/v3/businesses/trattoria-aurora-utrecht/reviews"
    assert (asked.headers, asked.params) == ({"authorization": "Bearer made-up-key"}, {})


def test_order_and_locale_are_asked_for_only_where_they_were_set():
    set_up = Yelp.model_validate({**SETTINGS, "sort": "newest", "locale": "nl_NL"})
    _reviews, http = read(reply("yelp_1.json"), set_up)
    assert http.asked[0].params == {"sort_by": "newest", "locale": "nl_NL"}


def test_a_time_without_zone_is_the_sites_own():
    review = normalise(read(reply("yelp_1.json"))[0][0], "yelp", Yelp.timezone, datetime(2026, 1, 1, tzinfo=UTC))
    assert review.written_at == datetime(2025, 3, 9, 2, 57, 16, tzinfo=UTC)


def test_a_business_without_reviews_says_so():
    reviews, http = read(reply("yelp_empty.json"))
    assert reviews == []
    assert http.notes == [("yelp_no_reviews", {"business": "trattoria-aurora-utrecht"})]


def test_an_excerpt_without_words_and_user_is_a_review():
    (odd,) = read(reply("yelp_odd.json"))[0]
    assert (odd.rating, odd.text, odd.author, odd.url) == (4, "", None, None)


def test_an_excerpt_is_kept_for_a_day_and_a_missing_one_is_never_called_removed():
    assert Yelp.keeps.text_for == timedelta(hours=24)
    assert Yelp.complete is False


@pytest.mark.parametrize("wrong", [{"business": "a/b"}, {"locale": "dutch"}, {"sort": "best"}, {"api_key": None}])
def test_settings_that_cannot_be_right_are_refused(wrong):
    with pytest.raises(ValidationError):
        Yelp.model_validate({**SETTINGS, **wrong})


def test_recorded_excerpts_are_read():
    reviews, _http = read(payload("yelp/reviews_eleven_madison_park.json"))
    assert [review.rating for review in reviews] == [5, 1, 4]
    assert all(review.text.endswith("...") and review.author and review.url for review in reviews)


def test_the_recorded_refusal_is_no_list():
    with pytest.raises(SourceChanged):
        read(payload("yelp/error_429_per_second_docs.json"))
