"""A public reply is sent once: never again where it may have arrived."""

import socket

import pytest

from repmon.errors import SourceBusy, SourceChanged, SourceDown, SourceRefused
from repmon.http import NOT_APPLIED
from tests.http.peer import in_turn, says

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n"


@pytest.mark.parametrize("method", ["post", "put"])
@pytest.mark.parametrize(
    "said",
    [says("", 500), says("", 503), says("", 503, retry_after="1"), says("", 408), b"", HEAD + b"half", b"garbage\r\n"],
)
def test_a_write_that_may_have_arrived_is_not_sent_again(method, said, site, read):
    peer = site(in_turn(said))
    with pytest.raises((SourceDown, SourceBusy)) as caught:
        getattr(read, method)(peer.url, json={"comment": "Thank you"})
    assert len(peer.asked) == 1
    assert caught.value.code not in NOT_APPLIED


def test_a_write_that_was_turned_away_unread_is_busy(site, read):
    peer = site(in_turn(says("", 429, retry_after="1")))
    with pytest.raises(SourceBusy) as caught:
        read.put(peer.url, json={})
    assert len(peer.asked) == 1
    assert caught.value.code in NOT_APPLIED


def test_a_write_is_tried_again_where_no_connection_could_be_made(read, hands):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(SourceDown) as caught:
        read.post(f"http://127.0.0.1:{port}/", json={})
    assert caught.value.code == "cannot_connect"
    assert caught.value.code in NOT_APPLIED
    assert read.requests == 4


@pytest.mark.parametrize("status", [400, 404, 409, 412, 413, 422])
def test_a_no_to_a_write_is_a_refusal(status, site, read):
    with pytest.raises(SourceRefused):
        read.put(site(in_turn(says("", status))).url, json={})


def test_json_arrives_as_json(site, read):
    peer = site(in_turn(says()))
    read.put(peer.url, json={"comment": "Merci, Zoé 😀"}, headers={"X-Own": "1"})
    asked = peer.asked[0]
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["x-own"] == "1"
    assert asked.body == b'{"comment": "Merci, Zo\\u00e9 \\ud83d\\ude00"}'


def test_a_form_arrives_as_a_form(site, read):
    peer = site(in_turn(says()))
    read.post(peer.url, form={"text": "a&b é"})
    assert peer.asked[0].headers["content-type"] == "application/x-www-form-urlencoded"
    assert peer.asked[0].form == {"text": "a&b é"}


def test_a_post_of_nothing_says_so(site, read):
    peer = site(in_turn(says()))
    read.post(peer.url)
    assert peer.asked[0].headers["content-length"] == "0"


def test_a_written_answer_of_the_wrong_kind_is_a_change_when_it_is_read(site, read):
    answer = read.post(site(in_turn(says("<html>", content_type="text/html"))).url, json={})
    with pytest.raises(SourceChanged):
        answer.json()
