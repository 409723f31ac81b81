"""Judge.me: pages until one is empty, spam shown to the owner, and replies that mail nobody unasked."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json

import pytest
from pydantic import ValidationError

from repmon.connector import ReviewKey
from repmon.errors import SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ReplyContract
from repmon_connectors.judgeme import JudgeMe
from tests.connectors.line import Line
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

SETTINGS = {"shop_domain": "aurora-pasta.myshopify.com", "api_token": "made-up-token"}
SHOP = JudgeMe.model_validate(SETTINGS)
PAGES = [reply("judgeme_1.json"), reply("judgeme_odd.json"), reply("judgeme_empty.json")]


class TestJudgeMe(Throttled, ReplyContract):
    connector = JudgeMe
    settings = {**SETTINGS, "base_url": "{site}/api/v1"}
    replies = PAGES
    throttled = reply("judgeme_429.json")


def read(*pages: bytes):
    http = Line(*pages)
    return [read_item(SHOP, item) for item in guarded_items(SHOP, http, "")], http


def test_pages_are_read_until_one_is_empty_however_short_they_are():
    reviews, http = read(*PAGES)
    assert len(reviews) == 3
    assert [asked.params["page"] for asked in http.asked] == [1, 2, 3]
    assert all(asked.headers == {"x-api-token": "made-up-token"} for asked in http.asked)
    assert http.asked[0].params["shop_domain"] == "aurora-pasta.myshopify.com"


def test_a_hidden_review_is_read_too():
    first = read(*PAGES)[0][0]
    assert (first.id, first.rating, first.author, first.edited_at) == ("40004", 2, "Noor H.", None)
    assert first.url == "https://aurora-pasta.myshopify.com/products/ravioli"


def test_where_a_product_stands_is_only_known_of_shopify():
    item = json.loads(PAGES[0])["reviews"][0]
    assert JudgeMe(shop_domain="shop.example", api_token="x").review(item).url is None


def test_a_review_with_nothing_but_an_id_is_one():
    odd = read(PAGES[1], PAGES[2])[0][0]
    assert (odd.rating, odd.text, odd.title, odd.author, odd.url) == (None, None, None, None, None)


def test_a_shop_without_reviews_says_so():
    assert read(PAGES[2])[1].notes == [("judgeme_no_reviews", {"shop": "aurora-pasta.myshopify.com"})]


@pytest.mark.parametrize("answer", [b'{"error": "Shop not found"}', b"[]", b'{"reviews": null}'])
def test_an_answer_that_is_no_list_of_reviews_is_not_read_as_empty(answer: bytes):
    with pytest.raises(SourceChanged):
        read(answer)


@pytest.mark.parametrize("mails", [False, True])
def test_a_reply_mails_the_reviewer_only_where_that_was_set(mails):
    line = Line()
    assert JudgeMe(**SETTINGS, mail_reviewer=mails).post_reply(line, ReviewKey("40004"), "Thanks.") is None
    (asked,) = line.asked
    assert asked.method == "POST"
    assert asked.url == "https://api.judge.me/api/v1/replies?shop_domain=aurora-pasta.myshopify.com"
    assert asked.json == {"review_id": 40004, "send_reply_email": mails, "reply": {"content": "Thanks."}}
    assert asked.headers == {"x-api-token": "made-up-token"}


def test_single_reviews_are_not_asked_about_for_a_reply_would_seem_to_be_missing():
    assert not JudgeMe.can("recheck")


@pytest.mark.parametrize("shop", ["https://shop.example", "shop", "shop.example/en", ""])
def test_a_domain_that_is_none_is_refused(shop):
    with pytest.raises(ValidationError):
        JudgeMe.model_validate({**SETTINGS, "shop_domain": shop})


def test_recorded_reviews_are_read():
    (review,) = read(payload("judgeme/reviews_single_page.json"), PAGES[2])[0]
    assert (review.id, review.rating, review.text, review.author) == ("407358111", 5, "safsfsfsfs", "Anonymous")
