"""Facebook: thumbs, pages by cursor, ids of stories, and the Page's own comment as its reply."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json

import pytest

from repmon.errors import SourceBusy, SourceChanged, SourceRefused
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract, Reply
from repmon.testing.bench import SPEED
from repmon_connectors.facebook import Facebook
from tests.connectors.line import Line
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

PAGE = Facebook(page=1234, access_token="made-up-token")
PAGES = [reply("facebook_1.json"), reply("facebook_2.json")]


class TestFacebook(Throttled, ConnectorContract):
    connector = Facebook
    settings = {"page": 1234, "access_token": "made-up-token", "base_url": "{site}"}
    replies = PAGES
    throttled = reply("facebook_429.json")

    def test_too_many_requests_said_under_400_make_the_source_wait(self):
        self.answers(Reply(reply("facebook_429.json"), 400))
        assert isinstance(self.read(self.client.read(calls_per_second=SPEED)).error, SourceBusy)

    def test_a_refusing_version_is_said_in_facebooks_words(self):
        self.answers(Reply(reply("facebook_gone.json"), 400))
        error = self.read(self.client.read(calls_per_second=SPEED)).error
        assert isinstance(error, SourceRefused)
        assert "#12" in str(error)


def read(*pages: bytes):
    http = Line(*pages)
    return [read_item(PAGE, item) for item in guarded_items(PAGE, http, "")], http


def test_the_next_page_is_asked_for_by_its_cursor_and_the_token_stays_in_the_header():
    _reviews, http = read(*PAGES)
    assert [asked.params.get("after") for asked in http.asked] == [None, "QAa1"]
    assert {asked.url for asked in http.asked} == {"https://graph.facebook.com/v21.0/1234/ratings"}
    assert all(asked.headers == {"authorization": "Bearer made-up-token"} for asked in http.asked)


def test_a_thumb_is_a_recommendation_and_never_stars():
    reviews, _http = read(*PAGES)
    assert [(one.scale, one.recommended, one.rating) for one in reviews] == [
        ("thumb", False, None), ("thumb", True, None), ("stars", None, 4),
    ]  # fmt: skip


def test_the_story_is_the_id_and_without_one_who_wrote_when():
    ids = [one.id for one in read(*PAGES)[0]]
    assert (ids[0], ids[2]) == ("9004", "9001")
    assert len(ids[1]) == 32


def test_the_pages_own_comment_is_its_reply():
    replies = [one.reply for one in read(*PAGES)[0]]
    assert replies[0].text == "We are sorry."
    assert replies[1:] == [None, None]


def test_a_cursor_that_repeats_ends_the_read_as_changed():
    page = json.loads(PAGES[0])
    with pytest.raises(SourceChanged, match="token"):
        read(json.dumps(page).encode(), json.dumps({**page, "data": []}).encode())


def test_a_next_page_without_cursor_is_no_end():
    with pytest.raises(SourceChanged):
        read(b'{"data": [], "paging": {"next": "https://graph.facebook.com/x"}}')


def test_no_recommendations_are_noted():
    reviews, http = read(reply("facebook_empty.json"))
    assert reviews == []
    assert http.notes == [("facebook_no_reviews", {"page": "1234"})]


def test_an_unknown_word_is_no_recommendation():
    (odd,) = read(reply("facebook_odd.json"))[0]
    assert (odd.recommended, odd.rating, odd.author, odd.text) == (None, None, None, None)


def test_recorded_recommendations_are_read():
    reviews, _http = read(payload("facebook/ratings_two_recommendations.json"))
    assert [review.recommended for review in reviews] == [False, True]
    assert len({review.id for review in reviews}) == 2


def test_the_recorded_refusal_is_no_list():
    with pytest.raises(SourceChanged):
        read(payload("facebook/error_190_session_expired.json"))
