"""Google Places: five reviews at most, the words as they were written, and none kept."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from repmon.errors import SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.google_places import GooglePlaces
from tests.connectors.line import Line
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

PLACE = GooglePlaces(location="ChIJaurora0001", api_key="made-up-key")


class TestGooglePlaces(Throttled, ConnectorContract):
    connector = GooglePlaces
    settings = {"location": "ChIJaurora0001", "api_key": "made-up-key", "base_url": "{site}/v1"}
    replies = [reply("google_places_1.json")]
    throttled = reply("google_places_429.json")


def read(page: bytes):
    http = Line(page)
    return [read_item(PLACE, item) for item in guarded_items(PLACE, http, "ChIJaurora0001")], http


def test_the_key_and_the_wanted_fields_go_into_headers():
    _reviews, http = read(reply("google_places_1.json"))
    (asked,) = http.asked
    assert asked.url == "https://places.googleapis.com/v1/places/ChIJaurora0001"
    assert asked.headers == {"x-goog-api-key": "made-up-key", "x-goog-fieldmask": "id,reviews"}
    assert asked.params == {}


def test_what_was_written_goes_before_its_translation():
    first, second, bare = read(reply("google_places_1.json"))[0]
    assert (first.text, first.language) == ("De pasta was koud en de rekening klopte niet.", "nl")
    assert (second.text, second.language) == ("Best gnocchi in town.", "en")
    assert (bare.text, bare.rating) == (None, 4)


def test_a_review_is_known_by_its_name_and_its_place():
    first = read(reply("google_places_1.json"))[0][0]
    assert (first.id, first.place) == ("places/ChIJaurora0001/reviews/Ci9Daurora4", "ChIJaurora0001")


def test_a_time_with_nine_digits_behind_the_second_is_read():
    first = read(reply("google_places_1.json"))[0][0]
    assert first.written_at == datetime(2025, 3, 8, 14, 16, 49, 243262, tzinfo=UTC)


def test_a_place_without_reviews_says_so():
    reviews, http = read(reply("google_places_empty.json"))
    assert reviews == []
    assert http.notes == [("google_places_no_reviews", {"place": "ChIJaurora0001"})]


@pytest.mark.parametrize("answer", [b"{}", b'{"error": {"code": 5}}', b"[]", b'{"id": "x", "reviews": null}'])
def test_an_answer_that_is_no_place_is_not_read_as_empty(answer: bytes):
    with pytest.raises(SourceChanged):
        read(answer)


def test_a_review_without_rating_words_and_author_is_one():
    (odd,) = read(reply("google_places_odd.json"))[0]
    assert (odd.rating, odd.text, odd.author) == (None, None, None)


def test_every_place_is_a_listing_once():
    assert GooglePlaces(location=["a1", "b2", "a1"], api_key="x").listings() == ["a1", "b2"]
    with pytest.raises(ValidationError):
        GooglePlaces(location="a/../b", api_key="x")


def test_nothing_is_kept_and_nothing_missing_is_called_removed():
    assert GooglePlaces.keeps.text_for == timedelta(0)
    assert GooglePlaces.complete is False


def test_recorded_reviews_are_read():
    page = payload("google_places/googleplex_details_full.json")
    reviews, _http = read(page)
    assert len({review.id for review in reviews}) == 5
    assert {review.place for review in reviews} == {json.loads(page)["id"]}
    assert all(1 <= review.rating <= 5 and review.author and review.written_at for review in reviews)


def test_the_recorded_place_without_reviews_is_one():
    reviews, http = read(payload("google_places/googleplex_details_masked_no_reviews.json"))
    assert reviews == []
    assert http.notes


def test_the_recorded_refusal_is_no_place():
    with pytest.raises(SourceChanged):
        read(payload("google_places/error_429_daily_quota.json"))
