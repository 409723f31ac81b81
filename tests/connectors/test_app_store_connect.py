"""App Store Connect: replies that stand beside the reviews, pages by link, and tokens signed here."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime

import jwt
import pytest
from pydantic import ValidationError

from repmon.connector import ReviewKey
from repmon.errors import SourceChanged, SourceRefused
from repmon.steps.normalise import normalise
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ReplyContract
from repmon.testing.bench import SPEED
from repmon.testing.site import Reply
from repmon_connectors.app_store_connect import AppStoreConnect
from tests.connectors.line import Line
from tests.connectors.replies import reply
from tests.connectors.signing import APPLE_KEY, ELLIPTIC
from tests.connectors.throttled import Throttled
from tests.shared import payload

SETTINGS = {"app_id": 7001, "key_id": "MADEUP0001", "issuer_id": "made-up-issuer", "private_key": APPLE_KEY}
APP = AppStoreConnect.model_validate(SETTINGS)
API = "https://api.appstoreconnect.apple.com/v1"
PAGES = [reply(f"app_store_connect_{page}.json").replace(b"{site}/v1", API.encode()) for page in (1, 2)]
EMPTY = reply("app_store_connect_empty.json")
KEY = ReviewKey("0000a004-0000-0000-0000-000000000000")


class TestAppStoreConnect(Throttled, ReplyContract):
    connector = AppStoreConnect
    settings = {**SETTINGS, "base_url": "{site}"}
    replies = [reply("app_store_connect_1.json"), reply("app_store_connect_2.json")]
    one = json.loads(reply("app_store_connect_one.json"))
    posted = json.loads(reply("app_store_connect_posted.json"))
    throttled = reply("app_store_connect_429.json")

    def test_every_request_carries_a_token_that_apple_would_take(self):
        self.read()
        for asked in self.site.asked:
            token = asked.headers["authorization"].removeprefix("Bearer ")
            assert jwt.get_unverified_header(token) == {"alg": "ES256", "kid": "MADEUP0001", "typ": "JWT"}
            claims = jwt.decode(token, ELLIPTIC.public_key(), ["ES256"], audience="appstoreconnect-v1")
            assert claims["iss"] == "made-up-issuer"
            assert claims["exp"] - claims["iat"] <= 20 * 60

    def test_a_key_that_is_none_is_refused_and_the_site_not_asked(self):
        self.answers(Reply(EMPTY))
        outcome = self.read(self.client.read(calls_per_second=SPEED), self.made(private_key="no key"))
        assert isinstance(outcome.error, SourceRefused)
        assert self.site.asked == []


def read(*pages: bytes):
    http = Line(*pages)
    return [read_item(APP, item) for item in guarded_items(APP, http, "")], http


def test_the_next_page_is_asked_for_by_its_link_alone():
    reviews, http = read(*PAGES)
    assert [one.id[:8] for one in reviews] == ["0000a004", "0000a003", "0000a001"]
    first, second = http.asked
    assert (first.url, first.params) == (
        f"{API}/apps/7001/customerReviews", {"sort": "-createdDate", "limit": 200, "include": "response"},
    )  # fmt: skip
    assert (second.url.partition("?")[0], second.params) == (first.url, {})


def test_a_review_in_our_words():
    review = normalise(read(*PAGES)[0][0], "app", None, datetime(2026, 1, 1, tzinfo=UTC))
    assert (review.rating, review.title, review.author) == (2, "Order lost", "Noor_H")
    assert review.written_at == datetime(2025, 3, 8, 18, 20, 5, tzinfo=UTC)
    assert review.reply is None


def test_each_reply_comes_with_its_review_and_apples_word_for_its_state():
    _none, shown, waiting = (one.reply for one in read(*PAGES)[0])
    assert (shown.text, AppStoreConnect.reply_states[shown.state]) == ("Thank you, see you on Friday!", "shown")
    assert (waiting.text, AppStoreConnect.reply_states[waiting.state]) == ("Polish is coming in May.", "waiting")


def test_a_review_without_words_and_name_is_one():
    (odd,) = read(reply("app_store_connect_odd.json"))[0]
    assert (odd.rating, odd.title, odd.text, odd.author, odd.reply) == (4, None, None, None, None)


def test_one_review_with_odd_relationships_costs_no_other():
    page = json.loads(PAGES[1])
    for odd in (7, None, {"response": []}, {"response": {"data": 7}}):
        page["data"][0]["relationships"] = odd
        page["links"].pop("next", None)
        assert read(json.dumps(page).encode())[0][0].reply is None


def test_an_app_without_reviews_says_so():
    assert read(EMPTY)[1].notes == [("app_store_connect_no_reviews", {"app": "7001"})]


@pytest.mark.parametrize("answer", [b'{"errors": []}', b"[]", b'{"data": null}', b'{"data": []}'])
def test_an_answer_that_is_no_list_of_reviews_is_not_read_as_empty(answer):
    with pytest.raises(SourceChanged):
        read(answer)


def test_the_token_is_not_sent_to_another_site():
    elsewhere = PAGES[0].replace(f'"next": "{API}'.encode(), b'"next": "https://elsewhere.example/v1')
    with pytest.raises(SourceChanged, match="elsewhere"):
        read(elsewhere, PAGES[1])


def test_a_link_that_repeats_is_a_change():
    with pytest.raises(SourceChanged, match="same page token"):
        read(PAGES[0], PAGES[0])


def test_an_individual_key_has_no_issuer():
    line = Line(EMPTY)
    alone = AppStoreConnect.model_validate({**SETTINGS, "issuer_id": ""})
    list(alone.items(line, ""))
    assert line.asked[0].auth.claims == (("sub", "user"), ("aud", "appstoreconnect-v1"))


def test_a_reply_is_posted_and_what_apple_shows_comes_along():
    line = Line(reply("app_store_connect_posted.json"))
    shown = APP.post_reply(line, KEY, "Thank you.")
    (asked,) = line.asked
    assert (asked.method, asked.url) == ("POST", f"{API}/customerReviewResponses")
    assert asked.json["data"]["attributes"] == {"responseBody": "Thank you."}
    assert asked.json["data"]["relationships"]["review"]["data"] == {"type": "customerReviews", "id": KEY.id}
    assert (shown.text, shown.state) == ("Thank you.", "PENDING_PUBLISH")


def test_a_review_is_asked_about_by_itself_with_its_reply():
    page = json.loads(PAGES[0])
    line = Line({"data": page["data"][1], "included": page["included"]})
    (item,) = APP.recheck(line, [KEY])
    assert APP.review(item).reply.text == "Thank you, see you on Friday!"
    assert (line.asked[0].url, line.asked[0].params) == (f"{API}/customerReviews/{KEY.id}", {"include": "response"})


def test_a_reply_is_deleted_by_its_own_id():
    line = Line(reply("app_store_connect_posted.json"))
    APP.delete_reply(line, KEY)
    assert [(asked.method, asked.url) for asked in line.asked] == [
        ("GET", f"{API}/customerReviews/{KEY.id}/response"), ("DELETE", f"{API}/customerReviewResponses/r4"),
    ]  # fmt: skip


def test_an_app_that_is_no_number_is_refused():
    with pytest.raises(ValidationError):
        AppStoreConnect.model_validate({**SETTINGS, "app_id": "com.aurora.pasta"})


def test_recorded_reviews_are_read():
    page = json.loads(payload("app_store_connect/customer_reviews_docs_sample.json"))
    del page["links"]["next"]
    (review,) = read(json.dumps(page).encode())[0]
    assert (review.rating, review.title, review.author) == (5, "Awesome!!!", "Anne Johnson")


def test_a_recorded_refusal_is_no_empty_listing():
    with pytest.raises(SourceChanged):
        read(payload("app_store_connect/error_401_not_authorized.json"))
