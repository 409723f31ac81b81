"""Hacker News: hits that name us and hits that only look like it."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime

import pytest

from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.hacker_news import HackerNews
from tests.connectors.doors import Prepared
from tests.connectors.odd import read_odd
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

NAME = "Kettle and Crumb"
SEARCH = HackerNews(names=[NAME])
PAGES = [reply("hacker_news_1.json"), reply("hacker_news_2.json")]


class TestHackerNews(Throttled, ConnectorContract):
    connector = HackerNews
    settings = {"names": [NAME], "base_url": "{site}"}
    replies = PAGES
    throttled = reply("hacker_news_429.json")
    throttled_with = {}
    waits = None


def read(*pages: bytes, search: HackerNews = SEARCH):
    http = Prepared(*pages)
    return [read_item(search, item) for item in guarded_items(search, http, search.names[0])], http


def test_a_name_counts_as_whole_words_in_any_case():
    assert [found.id for found in read(*PAGES)[0]] == ["90004", "90003", "90001"]


def test_a_mention_has_no_stars_and_leads_to_its_page():
    first = read(*PAGES)[0][0]
    assert (first.kind, first.rating, first.title) == ("mention", None, "Ask HN: tea rooms")
    assert first.url == "https://news.ycombinator.com/item?id=90004"
    assert first.written_at == datetime(2025, 3, 8, 18, 20, 5, tzinfo=UTC)


def test_the_name_is_asked_for_as_a_phrase():
    http = read(*PAGES)[1]
    assert [params["query"] for _url, params in http.asked] == ['"Kettle and Crumb"'] * 2


def test_nothing_found_is_noted():
    assert read(reply("hacker_news_empty.json"))[1].notes == [("search_found_nothing", {"name": NAME})]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"required": ["booked", "Utrecht"]}, ["90004"]),
        ({"forbidden": ["raspberry pi"]}, ["90004", "90001"]),
        ({"required": ["desk"]}, []),
    ],
)
def test_required_and_forbidden_words_decide(words: dict[str, list[str]], found: list[str]):
    search = HackerNews(names=[NAME], **words)
    assert [one.id for one in read(*PAGES, search=search)[0]] == found


def test_accents_do_not_matter():
    assert HackerNews(names=["Café Zoë"]).fits("I like cafe  zoe.")


def test_each_name_is_a_listing_once():
    assert HackerNews(names=["Aurora", "Kettle", "Aurora"]).listings() == ["Aurora", "Kettle"]


def test_recorded_hits_are_read():
    hits = json.loads(payload("hackernews/front_page_three_stories.json"))["hits"]
    assert all(read_item(SEARCH, hit).written_at for hit in hits)


def test_newer_answers_leave_keys_out_and_a_hit_without_a_time_is_set_aside():
    (comment, story), fields = read_odd(SEARCH, reply("hacker_news_odd.json"))
    assert (comment.title, comment.author) == (None, "fenna")
    assert (story.id, story.author, story.text) == ("90012", None, "")
    assert fields == ["created_at"]
