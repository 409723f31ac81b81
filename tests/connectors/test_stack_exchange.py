"""Stack Exchange: questions, escaped titles, and patience asked for inside a good answer."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime

from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon_connectors.stack_exchange import StackExchange
from tests.connectors.doors import Prepared
from tests.connectors.odd import read_odd
from tests.connectors.replies import reply
from tests.connectors.throttled import Throttled
from tests.shared import payload

NAME = "Kettle and Crumb"
SEARCH = StackExchange(names=[NAME])
PAGES = [reply("stack_exchange_1.json"), reply("stack_exchange_2.json")]


class TestStackExchange(Throttled, ConnectorContract):
    connector = StackExchange
    settings = {"names": [NAME], "base_url": "{site}"}
    replies = PAGES
    throttled = reply("stack_exchange_429.json")
    throttled_status = 400
    throttled_with = {}


def read(*pages: bytes):
    http = Prepared(*pages)
    return [read_item(SEARCH, item) for item in guarded_items(SEARCH, http, NAME)], http


def test_titles_and_names_are_unescaped_once():
    first = read(*PAGES)[0][0]
    assert (first.title, first.author) == ('Why does "Kettle and Crumb" log me out?', "Fenna & Co")


def test_an_edit_has_its_time_and_votes_are_no_stars():
    reviews, _http = read(*PAGES)
    assert reviews[0].edited_at == datetime(2025, 3, 8, 18, 53, 20, tzinfo=UTC)
    assert {(one.kind, one.rating) for one in reviews} == {("mention", None)}


def test_pages_are_read_while_there_are_more():
    reviews, http = read(*PAGES)
    assert [params["page"] for _url, params in http.asked] == [1, 2]
    assert [one.id for one in reviews] == ["704", "703", "702"]


def test_a_pause_asked_for_in_a_good_answer_is_kept_and_the_read_goes_on_after_it():
    page = json.dumps({**json.loads(PAGES[0]), "backoff": 40}).encode()
    reviews, http = read(page, PAGES[1])
    assert [one.id for one in reviews] == ["704", "703", "702"]
    assert http.rests == [41]


def test_a_key_is_sent_and_never_shown():
    search = StackExchange.model_validate({"names": [NAME], "key": "made-up-key"})
    http = Prepared(reply("stack_exchange_empty.json"))
    assert list(guarded_items(search, http, NAME)) == []
    assert http.asked[0][1]["key"] == "made-up-key"
    assert "made-up-key" not in repr(search)


def test_recorded_questions_are_read():
    for question in json.loads(payload("stackexchange/questions_page_has_more.json"))["items"]:
        assert read_item(SEARCH, question).written_at


def test_an_author_who_is_gone_and_a_body_that_is_not_there_cost_nothing():
    (gone, bare), fields = read_odd(SEARCH, reply("stack_exchange_odd.json"))
    assert (gone.author, gone.title) == ("user'9", "Kettle and Crumb &lt;div&gt; 'quoted'")
    assert (bare.id, bare.author, bare.text, bare.edited_at) == ("712", None, "", None)
    assert fields == ["creation_date"]
