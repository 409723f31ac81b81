"""Google Business Profile: token pages, stars in words, ratings without words, replies and places."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json

import pytest

from repmon.errors import ItemUnreadable, SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon_connectors.google_business_profile import GoogleBusinessProfile
from tests.connectors.doors import Prepared
from tests.connectors.odd import read_odd
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

SECRETS = {"client_id": "made-up", "client_secret": "made-up", "refresh_token": "made-up"}


class TestBusyProfile(Throttled):
    connector = GoogleBusinessProfile
    settings = {"account": "77", "location": "501", **SECRETS, "base_url": "{site}/v4", "token_url": "{site}/token"}
    replies = [reply("google_1.json")]
    throttled = reply("google_business_profile_429.json")
    throttled_with = {}
    waits = None


PROFILE = GoogleBusinessProfile(account="accounts/77", location=["501", "locations/502", "501"], **SECRETS)


def read(*pages: bytes):
    http = Prepared(*pages)
    return [read_item(PROFILE, item) for item in guarded_items(PROFILE, http, "locations/501")], http


def test_every_location_is_a_listing_once():
    assert PROFILE.listings() == ["locations/501", "locations/502"]
    assert GoogleBusinessProfile(account=77, location=501, **SECRETS).listings() == ["locations/501"]


def test_pages_are_asked_for_by_token_until_there_is_none():
    _reviews, http = read(reply("google_1.json"), reply("google_2.json"))
    first, second = http.asked
    assert first[0] == second[0] == "https://mybusiness.googleapis.com/v4/accounts/77/locations/501/reviews"
    assert first[1] == {"pageSize": 50, "orderBy": "updateTime desc"}
    assert second[1]["pageToken"] == "page-two"


def test_a_review_in_our_words():
    reviews, _http = read(reply("google_1.json"), reply("google_2.json"))
    assert [review.rating for review in reviews] == [2, 5, 1, None]
    edited, answered, bare, _unrated = reviews
    assert edited.edited_at is not None
    assert edited.place == "locations/501"
    assert answered.edited_at is None
    assert answered.text == "(Translated by Google) The best tiramisu\n\n(Original)\nDe beste tiramisu"
    assert (answered.reply.text, answered.reply.state) == ("Grazie!", "APPROVED")
    assert (bare.text, bare.author) == (None, None)


def test_an_empty_page_with_a_token_is_not_the_end():
    reviews, http = read(b'{"reviews": [], "totalReviewCount": 1, "nextPageToken": "on"}', reply("google_2.json"))
    assert len(reviews) == 1
    assert http.notes == []


def test_an_empty_object_is_no_reviews_with_a_note():
    reviews, http = read(reply("google_business_profile_empty.json"))
    assert reviews == []
    assert http.notes == [("google_no_reviews", {"location": "locations/501"})]


def test_a_token_that_repeats_ends_the_read_as_changed():
    page = b'{"reviews": [], "nextPageToken": "again"}'
    with pytest.raises(SourceChanged, match="token"):
        read(page, page, page)


@pytest.mark.parametrize("answer", [b'{"error": {"code": 5}}', b"[]", b'{"reviews": null}', b'{"locations": []}'])
def test_an_answer_that_is_no_list_of_reviews_is_not_read_as_empty(answer: bytes):
    with pytest.raises(SourceChanged):
        read(answer)


def test_an_unknown_word_for_stars_sets_the_review_aside_by_that_field():
    item = json.loads(reply("google_2.json"))["reviews"][0]
    with pytest.raises(ItemUnreadable) as caught:
        read_item(PROFILE, {**item, "starRating": "SIX"})
    assert caught.value.field == "starRating"
    assert read_item(PROFILE, {name: item[name] for name in item if name != "starRating"}).rating is None


def test_recorded_reviews_are_read():
    reviews, _http = read(payload("google_business_profile/reviews_list_russian.json"))
    assert [review.rating for review in reviews] == [1, 5]
    assert reviews[0].text is None
    assert reviews[1].text.startswith("(Translated by Google)")
    assert reviews[1].reply.text.startswith("Спасибо")
    assert {review.place for review in reviews} == {"locations/4547712559962801423"}


def test_the_recorded_empty_page_with_a_token_goes_on():
    reviews, http = read(
        payload("google_business_profile/reviews_list_empty_with_token.json"), b'{"reviews": [], "averageRating": 0}'
    )
    assert reviews == []
    assert http.asked[1][1]["pageToken"] == "foo"


def test_the_recorded_refusal_is_no_list_of_reviews():
    with pytest.raises(SourceChanged, match="error"):
        read(payload("google_business_profile/error_401_unauthenticated.json"))


def test_odd_reviews_are_read_as_they_are_and_an_unknown_word_for_stars_costs_itself():
    (hidden, turned_down, bare), fields = read_odd(PROFILE, reply("google_business_profile_odd.json"))
    assert (hidden.author, hidden.rating, hidden.text, hidden.edited_at) == (None, 4, None, None)
    assert (turned_down.reply.state, turned_down.reply.reason) == ("REJECTED", "OFF_TOPIC")
    assert (bare.rating, bare.edited_at) == (None, None)
    assert {hidden.place, turned_down.place, bare.place} == {"locations/501"}
    assert fields == ["starRating"]
