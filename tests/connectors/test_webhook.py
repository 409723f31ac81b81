"""Webhooks: what each sender sends, in our words; how each signs; what is no review is noted."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from repmon.errors import ItemUnreadable, SourceChanged
from repmon.http.pushed import Event
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.webhook import Webhook
from tests.connectors.replies import reply
from tests.shared import payload

SECRET = "made-up-secret-of-some-length"
JSON = {"content-type": "application/json"}


class TestWebhook(ConnectorContract):
    connector = Webhook
    settings = {"secret": SECRET, "items_at": "reviews"}
    replies = [reply("webhook_generic.json")]


class TestDelighted(ConnectorContract):
    connector = Webhook
    settings = {"secret": SECRET, "format": "delighted"}
    replies = [reply("webhook_delighted.json")]
    broken = reply("webhook_delighted.json").replace(b'"9001"', b"null")


class TestTrustpilotEvents(ConnectorContract):
    connector = Webhook
    settings = {"secret": SECRET, "format": "trustpilot"}
    replies = [reply("webhook_trustpilot.json")]


def read(body: bytes, headers: dict[str, str] = JSON, **settings: object):
    hook = Webhook.model_validate({"secret": SECRET, **settings})
    event = Event(body, headers)
    return [read_item(hook, item) for item in guarded_items(hook, event, "")], event.notes


def test_our_own_format_says_all_there_is():
    reviews, notes = read(reply("webhook_generic.json"), items_at="reviews")
    first, second = reviews
    assert (first.id, first.rating, first.out_of, first.title) == ("501", 2, 5, "Cold")
    assert first.edited_at == datetime(2025, 3, 2, 11, tzinfo=UTC)
    assert (second.rating, second.out_of) == (9, 10)
    assert second.reply is not None
    assert notes == []


def test_one_review_may_be_the_whole_body_and_any_json_is_read_by_a_mapping():
    assert read(b'{"id": 1, "text": "Fine", "rating": 4}')[0][0].rating == 4
    body = json.dumps({"payload": {"ref": "x-1", "score": {"value": 3}, "words": "Hm"}}).encode()
    fields = {"id": "payload.ref", "rating": "score.value", "text": "words"}
    (review,), _notes = read(body, items_at="payload", fields={**fields, "id": "ref"})
    assert (review.id, review.rating, review.text) == ("x-1", 3, "Hm")


def test_a_form_is_read_too():
    (review,), _notes = read(b"id=7&text=Nice+soup&rating=4", {"content-type": "application/x-www-form-urlencoded"})
    assert (review.id, review.text, review.rating) == ("7", "Nice soup", 4)


def test_a_delighted_score_is_kept_on_its_own_scale():
    (review,), _notes = read(reply("webhook_delighted.json"), format="delighted")
    assert (review.id, review.kind, review.scale, review.rating, review.out_of) == ("9001", "survey", "nps", 3, 10)
    assert review.written_at == datetime(2025, 3, 2, 9, tzinfo=UTC)
    assert (review.text, review.edited_at) == (None, None)


def test_a_delighted_score_of_an_unknown_kind_is_left_out():
    body = reply("webhook_delighted.json").replace(b'"nps"', b'"thumbs"')
    assert read(body, format="delighted")[0][0].rating is None


def test_only_delighted_lets_a_bare_score_wait():
    assert Webhook(secret=SECRET, format="delighted").settles() == timedelta(minutes=5)
    assert Webhook(secret=SECRET).settles() == timedelta(0)


def test_a_typeform_answer_is_a_figure_and_the_long_text_and_no_address():
    (review,), _notes = read(reply("webhook_typeform.json"), format="typeform")
    assert (review.rating, review.scale, review.out_of, review.text) == (4, "nps", 10, "Shorter queues, please.")
    assert review.author is None
    assert "guests.example" not in repr(review)


def test_typeform_questions_may_be_named():
    questions = {"rating": "How did you hear of us?", "author": "name", "text": "q2"}
    settings = {"format": "typeform", "questions": questions, "labels": {"A friend / The sign": 5}}
    (review,), _notes = read(reply("webhook_typeform.json"), **settings)
    assert (review.rating, review.scale, review.author) == (5, "stars", "Dov")


def test_judgeme_and_woocommerce_send_the_review_itself():
    assert read(reply("webhook_judgeme.json"), format="judgeme")[0][0].rating == 5
    (review,), _notes = read(reply("webhook_woocommerce.json"), format="woocommerce")
    assert (review.id, review.author, review.rating) == ("22", "Ada Tester", 0)
    assert review.written_at == datetime(2025, 3, 2, 20, 59, 17, tzinfo=UTC)


def test_an_event_of_another_kind_is_noted_and_not_kept():
    reviews, notes = read(reply("webhook_trustpilot.json"), format="trustpilot")
    assert len(reviews) == 1
    assert reviews[0].title is None
    assert notes == [("webhook_other_event", {"name": "service-review-deleted"})]
    assert read(b'{"action": "comment_post", "arg": 5}', format="woocommerce")[0] == []
    assert read(b"[]")[1] == [("webhook_nothing", {})]


def test_an_odd_review_costs_itself_only():
    hook = Webhook.model_validate({"secret": SECRET, "items_at": "reviews"})
    odd, fine, nothing = guarded_items(hook, Event(reply("webhook_odd.json"), JSON), "")
    for item in (odd, nothing):
        with pytest.raises(ItemUnreadable):
            read_item(hook, item)
    read_fine = read_item(hook, fine)
    assert (read_fine.rating, read_fine.out_of, read_fine.text) == (4, 5, None)
    assert read_fine.written_at == datetime(2025, 3, 2, 10, tzinfo=UTC)


def test_a_body_that_is_no_json_is_an_error():
    with pytest.raises(SourceChanged):
        read(b"<html>")
    with pytest.raises(ItemUnreadable):
        read(b'{"text": "no id"}')


@pytest.mark.parametrize(("settings", "proof"), [
    ({}, ("hmac", "x-repmon-signature", "sha256=", "hex", "sha256")),
    ({"format": "typeform"}, ("hmac", "typeform-signature", "sha256=", "base64", "sha256")),
    ({"format": "judgeme"}, ("hmac", "judgeme-hmac-sha256", "", "hex", "sha256")),
    ({"format": "woocommerce"}, ("hmac", "x-wc-webhook-signature", "", "base64", "sha256")),
    ({"format": "trustpilot"}, ("address", "x-repmon-signature", "sha256=", "hex", "sha256")),
    ({"signed": "header"}, ("header", "authorization", "Bearer ", "hex", "sha256")),
    ({"signed": "stripe"}, ("stripe", "stripe-signature", "sha256=", "hex", "sha256")),
    ({"header": "X-Hash", "prefix": "", "digest": "sha512"}, ("hmac", "X-Hash", "", "hex", "sha512")),
])  # fmt: skip
def test_how_events_are_signed_is_known_or_told(settings: dict, proof: tuple):
    found = Webhook.model_validate({"secret": SECRET, **settings}).proof()
    assert (found.by, found.header, found.prefix, found.encoding, found.digest) == proof


def test_several_secrets_count_and_short_ones_are_refused():
    assert len(Webhook(secret=SECRET, former=[SECRET + "-old"]).proof().secrets) == 2
    for wrong in ({"secret": "short"}, {"secret": SECRET, "former": [""]}):
        with pytest.raises(ValidationError):
            Webhook.model_validate(wrong)


def test_recorded_events_are_read():
    (review,), _notes = read(payload("webhook/typeform_form_response_choices.json"), format="typeform")
    assert review.id == "e62606c5ee4c5c56fd56dd8c60004e4e"
    assert review.written_at == datetime(2017, 2, 21, 5, 18, 14, tzinfo=UTC)
    assert review.text is not None
    assert "every 2-3 days" in review.text
    reviews, notes = read(payload("trustpilot/webhook_service_review_created.json"), format="trustpilot")
    assert [one.rating for one in reviews] == [4]
    assert notes == [("webhook_other_event", {"name": "foo"})]
    listed = json.loads(payload("judgeme/reviews_single_page.json"))["reviews"][0]
    assert read(json.dumps({"review": listed}).encode(), format="judgeme")[0][0].id == "407358111"
