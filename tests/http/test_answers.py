"""What an answer says, and what is no answer."""

import gzip
import json
from contextlib import suppress
from inspect import signature

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repmon import connector as promised
from repmon.connector import Http
from repmon.errors import SourceChanged
from repmon.http import Answer, Read
from repmon.http.strict_json import DEEPEST, NotJson, parse
from tests.http.peer import in_turn, says


def answer(content: bytes, kind: str = "application/json") -> Answer:
    return Answer(200, "https://acme.example/reviews?key=s3cret", httpx.Headers({"content-type": kind}), content)


def test_an_answer_is_read_whole(site, read):
    got = read.get(site(in_turn(says('{"n": [1, 2.5, null, "é"]}', 201, x_next="2"))).url, params={"page": 2})
    assert (got.status, got.headers["X-Next"], got.content) == (201, "2", '{"n": [1, 2.5, null, "é"]}'.encode())
    assert got.json() == {"n": [1, 2.5, None, "é"]}


def test_parameters_join_the_query_that_is_there(site, read):
    peer = site(in_turn(says()))
    read.get(peer.url + "/r?a=1%2B1", params={"q": "é&=", "n": 5})
    assert peer.asked[0].target == "/r?a=1%2B1&q=%C3%A9%26%3D&n=5"


def test_we_say_who_we_are_and_what_we_can_unpack(site, read):
    peer = site(in_turn(says()))
    read.get(peer.url, headers={"accept-encoding": "br"})
    assert peer.asked[0].headers["user-agent"] == "repmon/0.test"
    assert peer.asked[0].headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in peer.asked[0].headers


def test_cookies_are_not_carried_from_one_request_to_the_next(site, read):
    peer = site(in_turn(says(set_cookie="session=other-account")))
    read.get(peer.url)
    read.get(peer.url)
    assert "cookie" not in peer.asked[1].headers


@pytest.mark.parametrize(("body", "status"), [(b"", 200), (b"", 204), (gzip.compress(b"", mtime=0), 200)])
def test_an_empty_get_is_a_change(site, read, body, status):
    headers = {"content_encoding": "gzip"} if body else {}
    with pytest.raises(SourceChanged, match="answered with nothing"):
        read.get(site(in_turn(says(body, status, **headers))).url)


def test_an_empty_answer_to_a_write_is_fine(site, read):
    assert read.put(site(in_turn(says("", 200))).url, json={}).content == b""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "answer_empty"),
        (b"  \n", "answer_empty"),
        (b"<!DOCTYPE html><html></html>", "answer_html"),
        (b"\xef\xbb\xbf\n<HTML>", "answer_html"),
        (b'<?xml version="1.0"?><feed/>', "answer_not_json"),
        (b'{"cut": [1, 2', "answer_not_json"),
        (b"{'single': 1}", "answer_not_json"),
        (b'{"a": 1,}', "answer_not_json"),
        (b'{"a": 1} {"a": 2}', "answer_not_json"),
        (b')]}\'\n{"a": 1}', "answer_not_json"),
        (b"\xff\xfe\x00", "answer_not_json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "answer_not_json"),
        (b'{"a": NaN}', "answer_not_finite"),
        (b'{"a": -Infinity}', "answer_not_finite"),
        (b'{"a": 1e999}', "answer_not_finite"),
        (b'{"rating": 1, "rating": 5}', "answer_ambiguous"),
        (b"[" * 100_000 + b"]" * 100_000, "answer_too_deep"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "answer_too_deep"),
        (b'{"a":' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1), "answer_too_deep"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_sound_json_is_a_change_with_its_reason(content, code):
    with pytest.raises(SourceChanged) as caught:
        answer(content).json()
    assert caught.value.code == code
    assert caught.value.values["url"] == "https://acme.example/reviews"
    assert "s3cret" not in f"{caught.value} {caught.value!r}"


def test_nesting_up_to_the_limit_is_read():
    assert parse("[" * DEEPEST + "]" * DEEPEST)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('{"t": "déçu €"}'.encode(), "application/json"),
        ('{"t": "déçu €"}'.encode(), "application/json; charset=iso-8859-1"),  # a header that lies
        ('{"t": "déçu €"}'.encode("utf-8-sig"), "application/json"),
        ('{"t": "déçu €"}'.encode("utf-16"), "application/json"),
        ('{"t": "déçu €"}'.encode("utf-16-be"), "application/json; charset=utf-16be"),
        ('{"t": "déçu €"}'.encode("utf-32-le"), "application/json"),
        ('{"t": "déçu €"}'.encode("cp1252"), 'application/json; charset="windows-1252"'),
    ],
)
def test_json_is_read_in_the_encoding_it_is_in(content, kind):
    assert answer(content, kind).json() == {"t": "déçu €"}


def test_bytes_that_fit_no_encoding_cost_one_character_and_not_the_page():
    assert answer(b'{"t": "caf\xe9!"}').json() == {"t": "caf\ufffd!"}


def test_half_a_surrogate_pair_is_replaced_and_a_whole_one_is_an_emoji():
    found = answer(rb'{"a\ud800": ["\udc00 x", "\ud83d\ude00"]}').json()
    assert found == {"a\ufffd": ["\ufffd x", "😀"]}
    json.dumps(found, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ("déjà".encode("latin-1"), "text/html; charset=ISO-8859-1", "déjà"),
        ("déjà".encode(), "text/html", "déjà"),
        ("déjà".encode(), "text/html; charset=no-such-thing", "déjà"),
        ("déjà".encode(), "text/html; charset=rot13", "déjà"),
        ("déjà".encode(), "text/html; charset=utf-8-no", "déjà"),
        ("déjà".encode("utf-16"), "text/html; charset=utf-8", "déjà"),
        (b"a\xffb", "", "a\ufffdb"),
    ],
)
def test_text_is_read_as_declared_unless_a_mark_says_otherwise(content, kind, text):
    assert answer(content, kind).text() == text


def test_an_answer_shows_neither_key_nor_body():
    assert repr(answer(b"private words")) == "<Answer 200 https://acme.example/reviews, 13 bytes>"


@settings(max_examples=60)
@given(st.text() | st.lists(st.none() | st.floats() | st.integers() | st.text()).map(json.dumps))
def test_whatever_the_text_it_is_storable_json_or_none(text):
    with suppress(NotJson):
        json.dumps(parse(text), ensure_ascii=False).encode()


@pytest.mark.parametrize("name", ["get", "post", "put", "note"])
def test_a_read_is_what_connectors_are_promised(name):
    theirs, given = (signature(getattr(one, name)).parameters.values() for one in (Http, Read))
    assert [(p.name, p.kind, p.default) for p in given] == [(p.name, p.kind, p.default) for p in theirs]


@pytest.mark.parametrize("name", ["status", "url", "headers", "content", "json", "text"])
def test_an_answer_has_what_connectors_are_promised(name):
    assert hasattr(promised.Answer, name)
    assert hasattr(answer(b""), name)
