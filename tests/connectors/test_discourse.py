"""Discourse: pieces of posts, joined with their topics, each post once however many names find it."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import pytest
from pydantic import ValidationError

from repmon.errors import SourceChanged, SourceRefused
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.discourse import LAST_PAGE, Discourse
from tests.connectors.line import Line
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

NAME = "Kettle and Crumb"
SETTINGS = {"names": [NAME], "url": "https://forum.example/"}
PAGES = [reply("discourse_1.json"), reply("discourse_2.json")]
EMPTY = reply("discourse_empty.json")


class TestDiscourse(Throttled, ConnectorContract):
    connector = Discourse
    settings = {"names": [NAME], "url": "{site}"}
    replies = PAGES
    broken = reply("discourse_broken.json")
    throttled = reply("discourse_429.json")


def read(*pages: bytes, **settings):
    http = Line(*pages)
    forum = Discourse.model_validate(SETTINGS | settings)
    return [read_item(forum, item) for item in guarded_items(forum, http, "")], http


def test_pages_are_read_while_there_are_more():
    reviews, http = read(*PAGES)
    assert [found.id for found in reviews] == ["904", "903", "901"]
    assert [(asked.url, asked.params["page"]) for asked in http.asked] == [
        ("https://forum.example/search.json", 1), ("https://forum.example/search.json", 2),
    ]  # fmt: skip
    assert http.asked[0].params["q"] == f'"{NAME}" order:latest'


def test_a_post_in_our_words():
    first, second, _third = read(*PAGES)[0]
    assert (first.kind, first.rating, first.title) == ("mention", None, "Tea rooms by the sea")
    assert first.text == "...we went to Kettle and Crumb and the tea was cold..."
    assert first.url == "https://forum.example/t/tea-rooms-by-the-sea/51/4"
    assert (first.author, second.author) == ("Noor Haan", "kim")


def test_a_post_without_topic_and_author_is_one():
    (odd,) = read(reply("discourse_odd.json"))[0]
    assert (odd.title, odd.author, odd.url) == (None, None, "https://forum.example/t/-/99/1")


def test_a_post_found_by_two_names_is_given_once():
    reviews, http = read(PAGES[0], PAGES[1], PAGES[1], names=[NAME, "Crumb Tea Rooms"])
    assert [found.id for found in reviews] == ["904", "903", "901"]
    assert http.asked[2].params["q"] == '"Crumb Tea Rooms" order:latest'


def test_each_required_word_is_looked_for_in_the_whole_post():
    _reviews, http = read(EMPTY, required=["Vlissingen", "by the sea"])
    assert [asked.params["q"] for asked in http.asked] == [
        f'"{NAME}" "Vlissingen" order:latest', f'"{NAME}" "by the sea" order:latest',
    ]  # fmt: skip
    assert http.notes[0] == ("search_found_nothing", {"name": f"{NAME} + Vlissingen"})


def test_a_post_with_a_forbidden_word_is_left_out():
    assert [found.id for found in read(*PAGES, forbidden=["cookware"])[0]] == ["904", "901"]


@pytest.mark.parametrize("empty", [EMPTY, b'{"posts": [], "topics": [], "grouped_search_result": {"error": null}}'])
def test_a_search_that_found_nothing_says_so(empty):
    assert read(empty)[1].notes == [("search_found_nothing", {"name": NAME})]


def test_no_page_is_asked_for_that_forums_refuse():
    _reviews, http = read(PAGES[0])
    assert len(http.asked) == LAST_PAGE


def test_a_key_goes_along_in_its_headers():
    assert read(EMPTY)[1].asked[0].headers == {}
    asked = read(EMPTY, api_key="made-up-key", api_username="mila")[1].asked[0]
    assert asked.headers == {"api-key": "made-up-key", "api-username": "mila"}


def test_a_search_the_forum_refuses_is_said_in_its_words():
    with pytest.raises(SourceRefused, match="too short"):
        read(b'{"grouped_search_result": {"error": "Your search term is too short."}}')


@pytest.mark.parametrize("answer", [b'{"errors": ["no"]}', b'{"posts": []}', b"[]"])
def test_an_answer_that_is_no_search_result_is_not_read_as_empty(answer):
    with pytest.raises(SourceChanged):
        read(answer)


def test_an_address_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        Discourse.model_validate({**SETTINGS, "url": "forum.example"})


def test_a_recorded_result_is_read():
    (found,) = read(payload("discourse/search_current_shape.json"), names=["test"])[0]
    assert (found.id, found.author) == ("125", "Philipp S.")
    assert found.url.endswith("/t/gop-grundlagen-objektorientierte-programmierung/51/1")


def test_a_recorded_result_of_an_old_forum_says_that_it_is_too_old():
    with pytest.raises(SourceChanged, match="too old"):
        read(payload("discourse/search.json"))
