"""YouTube: comments under the owner's videos, without the owner's own words, and deletions followed."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from repmon.connector import ReviewKey
from repmon.errors import SourceBusy, SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon.testing.bench import SPEED
from repmon.testing.site import Reply
from repmon_connectors.youtube import YouTube
from tests.connectors.line import Line
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

CHANNEL = "UCauroraPastaMadeUp00001"
SETTINGS = {"channel": CHANNEL, "api_key": "made-up-key"}
PAGES = [reply("youtube_1.json"), reply("youtube_2.json")]
EMPTY = reply("youtube_empty.json")


class TestYouTube(Throttled, ConnectorContract):
    connector = YouTube
    settings = {**SETTINGS, "base_url": "{site}"}
    replies = PAGES
    throttled = reply("youtube_429.json")

    def test_a_quota_that_is_used_up_makes_the_source_wait(self):
        self.answers(Reply(reply("youtube_403_quota.json"), 403))
        assert isinstance(self.read(self.client.read(calls_per_second=SPEED)).error, SourceBusy)


def read(*pages: bytes, **settings):
    http = Line(*pages)
    tube = YouTube.model_validate(SETTINGS | settings)
    return [read_item(tube, item) for item in guarded_items(tube, http, tube.listings()[0])], http


def ids(*pages: bytes, **settings):
    return [found.id for found in read(*pages, **settings)[0]]


def test_all_comments_are_read_but_the_channels_own():
    reviews, http = read(*PAGES)
    assert [found.id for found in reviews] == ["UgxMadeUp04", "UgxMadeUp03", "UgxMadeUp01"]
    assert {asked.url for asked in http.asked} == {"https://www.googleapis.com/youtube/v3/commentThreads"}
    assert all(asked.headers == {"x-goog-api-key": "made-up-key"} for asked in http.asked)
    assert http.asked[1].params == {
        "part": "snippet,replies", "textFormat": "plainText", "allThreadsRelatedToChannelId": CHANNEL, "order": "time",
        "maxResults": 100, "pageToken": "made-up-2",
    }  # fmt: skip


def test_a_comment_in_our_words():
    first, second, _third = read(*PAGES)[0]
    assert (first.kind, first.rating, first.author, first.edited_at) == ("mention", None, "@noorhaan", None)
    assert first.text == "The new place was closed when we came, twice."
    assert first.url == "https://www.youtube.com/watch?v=aurora00001&lc=UgxMadeUp04"
    assert second.edited_at == datetime(2025, 3, 8, 8, tzinfo=UTC)


def test_only_the_channels_own_answer_is_its_reply():
    assert [found.reply and found.reply.text for found in read(*PAGES)[0]] == [None, "Come and try them!", None]
    assert [found.reply for found in read(*PAGES, channel="", videos=["aurora00001"])[0]] == [None] * 4


def test_a_single_video_is_asked_for_by_its_own_name():
    _reviews, http = read(EMPTY, channel="", videos=["aurora00001"])
    assert http.asked[0].params["videoId"] == "aurora00001"
    assert http.notes == [("youtube_no_comments", {"where": "aurora00001"})]


def test_a_channel_and_single_videos_are_listings_of_their_own():
    both = YouTube.model_validate({**SETTINGS, "videos": ["aurora00001", "aurora00002", "aurora00001"]})
    assert both.listings() == [CHANNEL, "aurora00001", "aurora00002"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"names": ["ravioli"]}, ["UgxMadeUp03"]),
        ({"required": ["closed", "loud"]}, ["UgxMadeUp04", "UgxMadeUp01"]),
        ({"forbidden": ["music"]}, ["UgxMadeUp04", "UgxMadeUp03"]),
    ],
)
def test_words_choose_among_the_comments(words, found):
    assert ids(*PAGES, **words) == found


def test_a_comment_without_author_and_video_is_one():
    (odd,) = read(reply("youtube_odd.json"))[0]
    assert (odd.author, odd.url, odd.edited_at, odd.text) == (None, None, None, "What is this?")


@pytest.mark.parametrize("answer", [b'{"error": {"code": 1}}', b"[]", b'{"items": null}'])
def test_an_answer_that_is_no_list_of_comments_is_not_read_as_empty(answer):
    with pytest.raises(SourceChanged):
        read(answer)


def test_a_token_that_repeats_is_a_change():
    with pytest.raises(SourceChanged, match="same page token"):
        read(PAGES[0], PAGES[0])


def test_comments_are_asked_about_many_at_once():
    line = Line(PAGES[0])
    keys = [ReviewKey("UgxMadeUp04"), ReviewKey("UgxMadeUp03")]
    assert list(YouTube.model_validate(SETTINGS).recheck(line, keys)) == json.loads(PAGES[0])["items"]
    assert line.asked[0].params["id"] == "UgxMadeUp04,UgxMadeUp03"
    assert "order" not in line.asked[0].params


@pytest.mark.parametrize("wrong", [{"channel": ""}, {"channel": "@aurorapasta"}, {"videos": ["https://youtu.be/x"]}])
def test_settings_that_cannot_be_right_are_refused(wrong):
    with pytest.raises(ValidationError):
        YouTube.model_validate({**SETTINGS, **wrong})


def test_recorded_comments_are_read():
    paged = [payload(f"youtube/comment_threads_by_video_paged_{page}.json") for page in (1, 2)]
    last = json.loads(paged[1])
    last.pop("nextPageToken", None)
    reviews, _http = read(paged[0], json.dumps(last).encode())
    assert len(reviews) == 10
    assert all(found.text and found.written_at for found in reviews)
    single = read(payload("youtube/comment_thread_single.json"))[0][0]
    assert (single.author, single.written_at) == ("Hieu Nguyen", datetime(2019, 4, 20, 1, 3, 39, tzinfo=UTC))
    assert read(payload("youtube/comment_threads_all_to_me.json"))[0][0].author == "kun liu"


@pytest.mark.parametrize("name", ["error_response", "error_permission_resp"])
def test_a_recorded_refusal_is_no_empty_listing(name):
    with pytest.raises(SourceChanged):
        read(payload(f"youtube/{name}.json"))
