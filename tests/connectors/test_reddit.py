"""Reddit: posts by name, edits, and what was deleted there."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime

import pytest

from repmon.connector import ReviewKey
from repmon.errors import SourceBusy, SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract, Reply
from repmon.testing.bench import SPEED
from repmon_connectors.reddit import Reddit
from tests.connectors.doors import Prepared
from tests.connectors.odd import read_odd
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

NAME = "Kettle and Crumb"
SETTINGS = {
    "names": [NAME], "client_id": "made-up-client", "client_secret": "made-up-secret",
    "user_agent": "server:repmon:1 (by /u/made_up)",
}  # fmt: skip
SEARCH = Reddit.model_validate(SETTINGS)
PAGES = [reply("reddit_1.json"), reply("reddit_2.json")]


class TestReddit(Throttled, ConnectorContract):
    connector = Reddit
    settings = {**SETTINGS, "base_url": "{site}", "token_url": "{site}/token"}
    replies = PAGES
    throttled = reply("reddit_429.json")
    throttled_with = {"x-ratelimit-remaining": "0.0", "x-ratelimit-used": "100", "x-ratelimit-reset": "431"}
    waits = 431

    def test_the_recorded_page_for_people_in_place_of_an_answer_makes_the_source_wait_too(self):
        page = payload("reddit/error_429_with_retry_after.html")
        self.answers(Reply(page, 429, {"retry-after": "4", "content-type": "text/html; charset=UTF-8"}))
        error = self.read(self.client.read(calls_per_second=SPEED)).error
        assert isinstance(error, SourceBusy)
        assert error.retry_after == 4


def read(*pages: bytes, search: Reddit = SEARCH):
    http = Prepared(*pages)
    return [read_item(search, item) for item in guarded_items(search, http, NAME)], http


def test_posts_that_name_us_are_mentions_with_their_edits():
    reviews, _http = read(*PAGES)
    assert [(one.id, one.author, one.rating) for one in reviews] == [
        ("t3_a904", "noor_h", None), ("t3_a903", None, None), ("t3_a901", "noor_h", None),
    ]  # fmt: skip
    assert reviews[1].edited_at == datetime(2025, 3, 7, 20, 40, tzinfo=UTC)
    assert reviews[0].url == "https://www.reddit.com/r/tea/comments/a904/x/"


def test_the_search_may_keep_to_some_communities():
    _reviews, http = read(
        reply("reddit_empty.json"), search=Reddit.model_validate({**SETTINGS, "communities": ["tea", "cake"]})
    )
    assert http.asked[0][0] == "https://oauth.reddit.com/r/tea+cake/search"
    assert http.notes == [("search_found_nothing", {"name": NAME})]


def test_a_page_that_leads_to_itself_is_an_error():
    with pytest.raises(SourceChanged):
        read(PAGES[0], PAGES[0], PAGES[0])


def test_deleted_posts_are_not_among_those_looked_up():
    page = json.loads(PAGES[0])
    page["data"]["children"][0]["data"]["selftext"] = "[deleted]"
    http = Prepared(json.dumps(page).encode())
    found = list(SEARCH.recheck(http, [ReviewKey("t3_a904"), ReviewKey("t3_a903")]))
    assert [post["data"]["name"] for post in found] == ["t3_a903"]
    assert http.asked[0][1]["id"] == "t3_a904,t3_a903"


def test_recorded_posts_are_read():
    for post in json.loads(payload("reddit/search_all_praw_oauth.json"))["data"]["children"]:
        assert read_item(SEARCH, post).written_at


def test_a_post_may_lack_its_words_its_link_and_its_author_but_not_its_time():
    (removed, bare), fields = read_odd(SEARCH, reply("reddit_odd.json"))
    assert (removed.author, removed.rating) == (None, None)
    assert (bare.text, bare.url, bare.edited_at) == ("", None, None)
    assert fields == ["created_utc"]
