"""Bluesky: posts by name, behind a login, with records that may lack anything."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json

import pytest

from repmon.connector import ReviewKey
from repmon.errors import SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.bluesky import Bluesky
from tests.connectors.doors import Prepared
from tests.connectors.replies import reply
from tests.shared import payload

NAME = "Kettle and Crumb"
SETTINGS = {"names": [NAME], "handle": "us.social.example", "app_password": "made-up-password"}
SEARCH = Bluesky.model_validate(SETTINGS)
PAGES = [reply("bluesky_1.json"), reply("bluesky_2.json")]


class TestBluesky(ConnectorContract):
    connector = Bluesky
    settings = {**SETTINGS, "base_url": "{site}"}
    replies = PAGES


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
