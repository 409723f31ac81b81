"""Bluesky: posts by name, behind a login, with records that may lack anything."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime

import pytest

from repmon.connector import ReviewKey
from repmon.errors import SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.bluesky import Bluesky
from tests.connectors.doors import Prepared
from tests.connectors.odd import read_odd
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

NAME = "Kettle and Crumb"
SETTINGS = {"names": [NAME], "handle": "us.social.example", "app_password": "made-up-password"}
SEARCH = Bluesky.model_validate(SETTINGS)
PAGES = [reply("bluesky_1.json"), reply("bluesky_2.json")]


class TestBluesky(Throttled, ConnectorContract):
    connector = Bluesky
    settings = {**SETTINGS, "base_url": "{site}"}
    replies = PAGES
    throttled = reply("bluesky_429.json")
    throttled_with = {"ratelimit-limit": "3000", "ratelimit-remaining": "0", "ratelimit-reset": "{epoch}"}


def read(*pages: bytes):
    http = Prepared(*pages)
    return [read_item(SEARCH, item) for item in guarded_items(SEARCH, http, NAME)], http


def test_posts_that_name_us_are_mentions():
    reviews, _http = read(*PAGES)
    assert [(one.author, one.language) for one in reviews] == [
        ("Noor", "en"), ("noor.social.example", None), ("Noor", "de"),
    ]  # fmt: skip
    assert reviews[0].url == "https://bsky.app/profile/did:plc:madeup904/post/3k904"


def test_nothing_found_is_noted():
    assert read(reply("bluesky_empty.json"))[1].notes == [("search_found_nothing", {"name": NAME})]


def test_a_page_that_leads_to_itself_is_an_error():
    with pytest.raises(SourceChanged):
        read(PAGES[0], PAGES[0])


def test_posts_are_looked_up_25_at_a_time():
    http = Prepared(*[reply("bluesky_empty.json")] * 2)
    keys = [ReviewKey(f"at://did:plc:x/app.bsky.feed.post/{number}") for number in range(26)]
    assert list(SEARCH.recheck(http, keys)) == []
    assert [url.count("uris=at%3A%2F%2F") for url, _params in http.asked] == [25, 1]


def test_a_recorded_post_is_read():
    post = json.loads(payload("bluesky/thread_view_post_with_embed_media.json"))
    post = post.get("thread", post)
    assert read_item(SEARCH, post.get("post", post)).written_at


def test_a_record_that_lacks_almost_anything_is_read_and_one_that_is_none_is_set_aside():
    reviews, fields = read_odd(SEARCH, reply("bluesky_odd.json"))
    ahead, bare = reviews
    assert ahead.written_at == datetime(2025, 3, 9, 8, tzinfo=UTC)
    assert (ahead.author, ahead.language) == ("handle.invalid", None)
    assert (bare.text, bare.rating) == ("", None)
    assert fields == ["review", "indexedAt"]
