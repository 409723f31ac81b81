"""Tripadvisor: the newest five a language, the owner's responses, and nothing kept."""
# ruff: noqa: RUF012 - written as the tutorial shows it

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.tripadvisor import Tripadvisor
from tests.connectors.line import Line
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

SETTINGS = {"location": 1234567, "api_key": "made-up-key"}
PLACE = Tripadvisor.model_validate(SETTINGS)


class TestTripadvisor(Throttled, ConnectorContract):
    connector = Tripadvisor
    settings = {**SETTINGS, "base_url": "{site}/api/v1"}
    replies = [reply("tripadvisor_1.json")]
    throttled = reply("tripadvisor_429.json")


def read(page: bytes):
    http = Line(page)
    return [read_item(PLACE, item) for item in guarded_items(PLACE, http, "1234567/en")], http


def test_every_location_and_language_is_a_listing():
    several = Tripadvisor(location=["11", "22"], languages=["en", "nl"], api_key="x")
    assert several.listings() == ["11/en", "11/nl", "22/en", "22/nl"]
    assert PLACE.listings() == ["1234567/en"]


def test_one_request_a_listing():
    _reviews, http = read(reply("tripadvisor_1.json"))
    (asked,) = http.asked
    assert asked.url == "https://api.content.tripadvisor.com/api/v1/location/1234567/reviews"
    assert asked.params == {"key": "made-up-key", "language": "en", "limit": 5}


def test_a_review_in_our_words():
    first, second = read(reply("tripadvisor_1.json"))[0]
    assert (first.id, first.place, first.rating, first.title) == ("900000003", "1234567", 2, "Not again")
    assert first.written_at == datetime(2025, 3, 8, 21, 25, 54, tzinfo=UTC)
    assert second.reply is None


def test_the_owners_response_is_shown():
    response = read(reply("tripadvisor_1.json"))[0][0].reply
    assert response.text == "We are sorry. Please write to us."
    assert response.at == datetime(2025, 3, 9, 13, 42, 52, tzinfo=UTC)


def test_a_location_without_reviews_in_a_language_says_so():
    reviews, http = read(reply("tripadvisor_empty.json"))
    assert reviews == []
    assert http.notes == [("tripadvisor_no_reviews", {"location": "1234567", "language": "en"})]


def test_a_review_without_words_and_user_is_one():
    (odd,) = read(reply("tripadvisor_odd.json"))[0]
    assert (odd.rating, odd.text, odd.author) == (3, None, None)


def test_nothing_is_kept_and_nothing_missing_is_called_removed():
    assert Tripadvisor.keeps.text_for == timedelta(0)
    assert Tripadvisor.complete is False


@pytest.mark.parametrize("wrong", [{"location": "d123"}, {"location": []}, {"languages": []}, {"languages": ["Dutch"]}])
def test_settings_that_cannot_be_right_are_refused(wrong):
    with pytest.raises(ValidationError):
        Tripadvisor.model_validate({**SETTINGS, **wrong})


def test_recorded_reviews_are_read():
    reviews, _http = read(payload("tripadvisor/reviews_apartments_danijela.json"))
    assert len({review.id for review in reviews}) == 5
    assert {review.place for review in reviews} == {"1720231"}
    assert [review.reply is not None for review in reviews].count(True) == 1
    assert all(1 <= review.rating <= 5 and review.text and review.author for review in reviews)
