"""Mastodon: a search and a hashtag, posts known by an address that is the same everywhere, and those taken down."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from repmon.connector import ReviewKey
from repmon.errors import SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.mastodon import Mastodon
from tests.connectors.doors import Prepared
from tests.connectors.odd import read_odd
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

NAME = "Kettle and Crumb"
SEARCH = Mastodon.model_validate({"names": [NAME], "token": "made-up-token"})
FOUND, TAGGED, NONE = reply("mastodon_1.json"), reply("mastodon_tag.json"), reply("mastodon_empty.json")
NEXT = {"link": '<https://mastodon.social/api/v1/timelines/tag/kettle?max_id=804>; rel="next"'}


class TestMastodon(Throttled, ConnectorContract):
    connector = Mastodon
    settings = {"names": [NAME], "token": "made-up-token", "base_url": "{site}"}
    replies = [FOUND]
    throttled = reply("mastodon_429.json")
    throttled_with = {"x-ratelimit-limit": "300", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "{iso}"}


def read(listing: str, *pages: bytes, headers: dict[str, str] | None = None):
    http = Prepared(*pages, headers=headers)
    return [read_item(SEARCH, item) for item in guarded_items(SEARCH, http, listing)], http


def test_a_post_is_known_by_the_address_that_is_the_same_on_every_server():
    reviews, _http = read(NAME, FOUND)
    assert [one.id.rpartition("/")[2] for one in reviews] == ["904", "903"]
    assert reviews[1].edited_at == datetime(2025, 3, 7, 10, tzinfo=UTC)


def test_a_hashtag_needs_no_name_in_the_post_and_follows_links_until_a_page_is_empty():
    reviews, http = read("#kettle", TAGGED, b"[]", headers=NEXT)
    assert [(one.title, one.language) for one in reviews] == [("food", "de")]
    assert http.asked[1][0].endswith("/tag/kettle?max_id=804")


def test_a_link_to_another_server_is_not_followed_with_our_token():
    with pytest.raises(SourceChanged):
        read("#kettle", TAGGED, headers={"link": '<https://elsewhere.example/x>; rel="next"'})


def test_nothing_found_is_noted():
    assert read(NAME, NONE)[1].notes == [("search_found_nothing", {"name": NAME})]


def test_posts_that_were_taken_down_are_not_found_again():
    http = Prepared(FOUND, NONE)
    keys = [ReviewKey("https://social.example/users/noor/statuses/904"), ReviewKey("https://social.example/gone")]
    assert len(list(SEARCH.recheck(http, keys))) == 3
    assert [params["q"] for _url, params in http.asked] == [key.id for key in keys]


def test_without_a_token_it_is_refused_for_posts_that_are_still_there_would_seem_gone():
    with pytest.raises(ValidationError):
        Mastodon.model_validate({"names": ["#kettle"]})


@pytest.mark.parametrize("name", ["search_v2_mastodon_social", "search_v2_old_server"])
def test_recorded_searches_are_read(name: str):
    for post in json.loads(payload(f"mastodon/{name}.json"))["statuses"]:
        assert read_item(SEARCH, post).written_at


@pytest.mark.parametrize("name", ["tag_timeline_page1", "tag_timeline_page2"])
def test_recorded_timelines_are_read(name: str):
    reviews, _http = read("#tag", payload(f"mastodon/{name}.json"))
    assert reviews


def test_a_post_may_say_everything_in_its_warning_or_break_the_name_with_tags():
    (warned, tagged), fields = read_odd(SEARCH, reply("mastodon_odd.json"))
    assert (warned.title, warned.text, warned.language, warned.url) == ("Kettle and Crumb: food", "", None, None)
    assert tagged.author == "noor@social.example"
    assert fields == ["account"]
