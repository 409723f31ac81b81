"""Mapped JSON: expressions, pages by link, token and number, secrets that stay at home."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from repmon.config import load
from repmon.errors import ConfigError, SourceBusy, SourceChanged
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract, Reply
from repmon_connectors.json_api import JsonApi
from tests.connectors.doors import Prepared
from tests.connectors.replies import reply

FIELDS = {
    "id": "key", "text": "words", "rating": "stars", "out_of": "max", "author": "by.nick", "written_at": "when",
    "language": "lang",
}  # fmt: skip
SETTINGS = {"items_at": "data.reviews", "next_at": "links.next", "fields": FIELDS}


class TestJsonApi(ConnectorContract):
    connector = JsonApi
    settings = {"url": "{site}/v1/reviews", "headers": {"x-key": "made-up-key"}, **SETTINGS}
    replies = [reply("json_api_1.json"), reply("json_api_2.json")]

    def test_a_site_that_asks_to_wait_is_waited_for(self):
        outcome = self._from(Reply(reply("json_api_429.json"), 429, {"retry-after": "7200"}))
        assert isinstance(outcome.error, SourceBusy)
        assert outcome.error.retry_after == 7200

    def test_an_odd_item_costs_itself_only(self):
        outcome = self.read(self.door([reply("json_api_odd.json")]))
        assert [(one.id, one.rating, one.out_of, one.text) for one in outcome.reviews] == [("74", 4.5, 5, None)]
        assert len(outcome.unreadable) == 1


def read(*pages: object, **settings: object):
    api = JsonApi.model_validate({"url": "https://api.example/v1/reviews", **SETTINGS, **settings})
    http = Prepared(*(page if isinstance(page, bytes) else json.dumps(page).encode() for page in pages))
    return [read_item(api, item) for item in guarded_items(api, http, "")], http


def pages() -> list[bytes]:
    return [reply(f"json_api_{n}.json").replace(b"{site}", b"https://api.example") for n in (1, 2)]


def test_items_are_read_as_the_expressions_say():
    reviews, http = read(*pages())
    assert [(one.id, one.rating, one.author) for one in reviews] == [
        ("72", 4, "Ines"),
        ("71", 2, "Ola"),
        ("70", None, None),
    ]
    assert reviews[0].written_at == datetime(2025, 3, 2, 9, 0, tzinfo=UTC)
    assert reviews[2].written_at == datetime(2025, 2, 27, 12, 0, tzinfo=UTC)
    assert [url for url, _params in http.asked] == [
        "https://api.example/v1/reviews",
        "https://api.example/v1/reviews?after=71",
    ]


def test_a_next_page_on_another_site_is_not_asked():
    with pytest.raises(SourceChanged) as changed:
        read({"data": {"reviews": [{"key": 1}]}, "links": {"next": "https://evil.example/v1"}})
    assert changed.value.code == "next_elsewhere"
    with pytest.raises(SourceChanged) as changed:
        read({"data": {"reviews": [{"key": 1}]}, "links": {"next": "http://api.example/v1"}})
    assert changed.value.code == "next_elsewhere"


def test_a_token_goes_into_its_parameter_and_may_not_come_twice():
    page = {"data": {"reviews": [{"key": 1}]}, "links": {"next": "abc"}}
    with pytest.raises(SourceChanged) as changed:
        read(page, page, page, next_param="token", params={"size": 50})
    assert changed.value.code == "page_token_repeats"


def test_numbered_pages_are_read_until_one_is_empty():
    full, empty = {"data": {"reviews": [{"key": 1}]}}, {"data": {"reviews": []}}
    _reviews, http = read(full, full, empty, page_param="page", next_at="")
    assert [params["page"] for _url, params in http.asked] == [1, "2", "3"]


def test_no_more_pages_are_read_than_the_settings_allow():
    page = {"data": {"reviews": [{"key": 1}]}}
    _reviews, http = read(page, page, page_param="page", next_at="", most_pages=2)
    assert http.notes == [("json_api_cut", {"pages": 2})]


def test_an_empty_list_is_noted_and_none_at_all_is_a_change():
    assert read(reply("json_api_empty.json"))[1].notes == [("json_api_no_reviews", {})]
    with pytest.raises(SourceChanged) as changed:
        read({"data": None})
    assert changed.value.code == "json_api_no_list"


def test_a_wrong_expression_is_refused_with_its_line_and_place(tmp_path: Path):
    file = tmp_path / "config.toml"
    file.write_text(
        '[[sources]]\nid = "api"\nconnector = "json_api"\nurl = "https://api.example"\nitems_at = "data"\n'
        'fields = { text = "body[", id = "id" }\n', "utf-8",
    )  # fmt: skip
    with pytest.raises(ConfigError) as refused:
        load(file, environ={})
    assert "body[" in str(refused.value)
    assert ":6" in str(refused.value)


def test_a_login_is_asked_for_as_the_settings_say():
    client = {"token_url": "https://api.example/token", "client_id": "c", "client_secret": "made-up"}
    api = JsonApi.model_validate({"url": "https://api.example", "items_at": "@", "login": client})
    assert type(api.login.auth()).__name__ == "ClientCredentials"
    api = JsonApi.model_validate(
        {"url": "https://api.example", "items_at": "@", "login": {**client, "refresh_token": "r"}}
    )
    assert type(api.login.auth()).__name__ == "OAuth"
    assert "made-up" not in repr(api)


def test_true_is_no_rating():
    api = JsonApi.model_validate({"url": "https://api.example", "items_at": "@"})
    with pytest.raises(Exception, match="rating"):
        read_item(api, {"id": 1, "rating": True})
