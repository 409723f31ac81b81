"""No key, token or query leaves in an error, a repr or a log."""

import logging
import traceback

import pytest
from pydantic import SecretStr

from repmon.connector import OAuth
from repmon.errors import SourceError
from tests.http.peer import in_turn, says

KEY = "k3y-in-query"
TOKEN = "t0ken-in-header"


def everything(error: BaseException) -> str:
    """All that a log could show of an error, causes included."""
    seen, parts = error, []
    while seen is not None:
        parts += [str(seen), repr(seen), str(vars(seen)), *traceback.format_exception(seen)]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(parts)


@pytest.mark.parametrize(
    "said",
    [
        says(f'{{"error": "key {KEY} and {TOKEN} are wrong"}}', 403),
        says(f'{{"error": {{"message": "Bearer {TOKEN}"}}}}', 400),
        says(f'{{"message": "no such page /v1?key={KEY}"}}', 404),
        says('{"message": "use AIzaSyDthisIsALongOpaqueKeyOfSomebody instead"}', 403),
        says("", 500),
        says("", 429),
        says("", 429, retry_after="9999"),
        says("", 304),
        says("<html>"),
        says("", 302, location=f"ftp://x.example/?key={KEY}"),
        says("", 302, location=f"/?key={KEY}"),
        says("", 302, location=f"http://10.0.0.1/?key={KEY}"),
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{",
    ],
)
def test_no_error_shows_what_was_asked_with(said, site, read, caplog):
    caplog.set_level(logging.DEBUG)
    url = site(in_turn(said)).url.replace("//", f"//user:{KEY}@") + f"/v1?key={KEY}"
    with pytest.raises(SourceError) as caught:
        read.get(url, headers={"authorization": f"Bearer {TOKEN}"}, params={"also": KEY}).json()
    shown = everything(caught.value) + caplog.text + repr(read)
    assert KEY not in shown
    assert TOKEN not in shown
    assert "AIza" not in shown


@pytest.mark.parametrize("value", ["two\nlines", "two\r\nX-Evil: 1", "caf\xe9", "nul\0", "emoji 😀"])
def test_a_key_that_no_header_can_carry_is_named_and_not_shown(value, read):
    with pytest.raises(SourceError) as caught:
        read.get("http://127.0.0.1:9/", headers={"x-api-key": TOKEN + value})
    assert caught.value.code == "header_unusable"
    assert "x-api-key" in str(caught.value)
    assert TOKEN not in everything(caught.value)


def test_no_oauth_secret_is_shown_even_when_the_endpoint_echoes_it(site, read):
    echo = f'{{"error": "hush-{TOKEN}", "error_description": "{TOKEN}"}}'
    for status in (400, 404, 500):
        peer = site(in_turn(says(echo, status)))
        auth = OAuth(peer.url + f"/token?key={KEY}", "id", SecretStr(TOKEN), SecretStr(f"hush-{TOKEN}"))
        with pytest.raises(SourceError) as caught:
            read.get("https://reviews.example/", auth=auth)
        assert TOKEN not in everything(caught.value)
        assert KEY not in everything(caught.value)


def test_a_proxys_password_is_not_shown(make_client):
    client = make_client(proxy=f"http://user:{TOKEN}@127.0.0.1:9", allow=[])
    with pytest.raises(SourceError) as caught:
        client.read(calls_per_second=1000).get("http://reviews.example/")
    assert TOKEN not in everything(caught.value) + repr(client) + str(vars(client))


def test_a_hostile_reason_is_defused(site, read):
    said = '{"error": "line\\none\\u001b[31m \\u202egnp.exe ' + "x" * 500 + '"}'
    with pytest.raises(SourceError) as caught:
        read.get(site(in_turn(says(said, 403))).url)
    told = str(caught.value.values["said"])
    assert told.isprintable()
    assert len(told) <= 160
