"""Trustpilot: the public list by key, the private one by login, and replies in somebody's name."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from repmon.connector import ReviewKey
from repmon.errors import SourceChanged, SourceRefused
from repmon.steps.normalise import normalise
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ReplyContract
from repmon_connectors.trustpilot import Trustpilot
from tests.connectors.line import Line
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

PUBLIC = {"business_unit": "65f000000000000000000b01", "api_key": "made-up-key"}
PRIVATE = {**PUBLIC, "api_secret": "made-up-secret", "business_user": "65f000000000000000000d01"}
PAGES = [reply("trustpilot_1.json"), reply("trustpilot_2.json"), reply("trustpilot_empty.json")]
API = "https://api.trustpilot.com/v1"
KEY = ReviewKey("65f00000000000000000aa04")


class TestTrustpilot(Throttled, ReplyContract):
    connector = Trustpilot
    settings = {**PRIVATE, "base_url": "{site}/v1", "token_url": "{site}/token"}
    replies = PAGES
    one = json.loads(PAGES[0])["reviews"][0]
    throttled = reply("trustpilot_429.json")

    def test_the_public_list_is_read_with_the_key_alone(self):
        public = self.made(api_secret="", business_user="")
        assert len(self.read(connector=public).reviews) == 3
        assert all("authorization" not in asked.headers for asked in self.site.asked)


def read(*pages: bytes, unit: Trustpilot):
    http = Line(*pages)
    return [read_item(unit, item) for item in guarded_items(unit, http, "")], http


def public(*pages: bytes):
    return read(*pages, unit=Trustpilot.model_validate(PUBLIC))


def test_the_public_list_is_asked_with_the_key_in_a_header():
    _reviews, http = public(*PAGES)
    assert {asked.url for asked in http.asked} == {f"{API}/business-units/65f000000000000000000b01/reviews"}
    assert [asked.params["page"] for asked in http.asked] == [1, 2, 3]
    assert all((asked.headers, asked.auth) == ({"apikey": "made-up-key"}, None) for asked in http.asked)


def test_with_the_secret_the_private_list_is_asked_by_login():
    _reviews, http = read(*PAGES, unit=Trustpilot.model_validate(PRIVATE))
    asked = http.asked[0]
    assert asked.url == f"{API}/private/business-units/65f000000000000000000b01/reviews"
    assert asked.headers == {"x-business-user-id": "65f000000000000000000d01"}
    assert asked.auth.client_id == "made-up-key"
    assert asked.auth.token_url == f"{API}/oauth/oauth-business-users-for-applications/accesstoken"


def test_a_review_in_our_words():
    first, _second, third = public(*PAGES)[0]
    assert (first.id, first.rating, first.title, first.author) == (KEY.id, 1, "Parcel never came", "Noor Haan")
    assert first.reply.text == "We have sent a new one today."
    assert first.url == "https://www.trustpilot.com/reviews/65f00000000000000000aa04"
    assert third.edited_at is None


def test_a_title_that_is_only_the_beginning_of_the_text_is_none():
    assert [one.title for one in public(*PAGES)[0]] == ["Parcel never came", None, "Okay"]


def test_a_time_without_zone_is_utc():
    review = normalise(public(*PAGES)[0][0], "trustpilot", Trustpilot.timezone, datetime(2026, 1, 1, tzinfo=UTC))
    assert review.written_at == datetime(2025, 3, 8, 18, 20, 5, tzinfo=UTC)
    assert review.edited_at == datetime(2025, 3, 9, 7, tzinfo=UTC)


def test_an_update_at_the_time_of_writing_is_no_edit():
    assert public(*PAGES)[0][1].edited_at is None


def test_a_review_without_words_and_consumer_is_one():
    odd = public(reply("trustpilot_odd.json"), PAGES[2])[0][0]
    assert (odd.rating, odd.title, odd.text, odd.author) == (4, None, "", None)


def test_a_unit_without_reviews_says_so():
    assert public(PAGES[2])[1].notes == [("trustpilot_no_reviews", {})]


def test_an_answer_that_is_no_list_of_reviews_is_not_read_as_empty():
    for answer in (b'{"message": "no"}', b"[]", b'{"reviews": null}'):
        with pytest.raises(SourceChanged):
            public(answer)


def test_a_reply_is_posted_in_the_name_of_the_business_user():
    line = Line()
    assert Trustpilot.model_validate(PRIVATE).post_reply(line, KEY, "Thanks.") is None
    (asked,) = line.asked
    assert (asked.method, asked.url) == ("POST", f"{API}/private/reviews/{KEY.id}/reply")
    assert asked.json == {"authorBusinessUserId": "65f000000000000000000d01", "message": "Thanks."}
    assert asked.auth is not None


def test_a_reply_is_deleted():
    line = Line()
    Trustpilot.model_validate(PRIVATE).delete_reply(line, KEY)
    assert [(asked.method, asked.url) for asked in line.asked] == [("DELETE", f"{API}/private/reviews/{KEY.id}/reply")]


@pytest.mark.parametrize("missing", ["api_secret", "business_user"])
def test_without_login_or_name_no_reply_is_sent(missing):
    line = Line()
    unit = Trustpilot.model_validate({**PRIVATE, missing: ""})
    with pytest.raises(SourceRefused, match=missing):
        unit.post_reply(line, KEY, "Thanks.")
    assert line.asked == []


def test_a_review_is_asked_about_with_the_key_as_everybody_may():
    item = json.loads(PAGES[0])["reviews"][0]
    line = Line(item)
    assert list(Trustpilot.model_validate(PRIVATE).recheck(line, [KEY])) == [item]
    assert (line.asked[0].url, line.asked[0].headers) == (f"{API}/reviews/{KEY.id}", {"apikey": "made-up-key"})


@pytest.mark.parametrize("wrong", [{"business_unit": "aurora-pasta.example"}, {"business_user": "mila"}])
def test_settings_that_cannot_be_right_are_refused(wrong):
    with pytest.raises(ValidationError):
        Trustpilot.model_validate({**PRIVATE, **wrong})


def test_the_review_in_a_recorded_event_is_read_as_one_of_the_list():
    events = json.loads(payload("trustpilot/webhook_service_review_created.json"))["events"]
    reviews, _http = public(json.dumps({"reviews": [events[0]["eventData"]]}).encode(), PAGES[2])
    assert [(one.id, one.rating, one.title) for one in reviews] == [("62c8968be77911f2449e9f74", 4, None)]
