"""No answer takes longer, or more memory, than its bounds."""

import gzip
import time
import tracemalloc
import zlib

import pytest

from repmon.errors import SourceChanged, SourceDown
from repmon.http import Limits
from tests.http.peer import in_turn, says

QUICK = Limits(deadline=0.4, connect=0.3, attempts=1, max_bytes=200_000)
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


@pytest.fixture
def quick(make_client):
    return make_client(limits=QUICK).read(calls_per_second=1000)


def dripping(start: bytes, drop: bytes):
    """Send the start, then one drop after the other until the test is over."""

    def script(_, connection):
        connection.sendall(start)
        end = time.monotonic() + 5
        while time.monotonic() < end:
            connection.sendall(drop)
            time.sleep(0.02)

    return script


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (HEAD + b"content-length: 100000\r\n\r\n", b" "),
        (HEAD + b"transfer-encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (HEAD + b"\r\n", b"x"),
        (HEAD + b"x-slow: ", b"y"),
        (b"HTTP", b"/"),
        (b"", b"HTTP/1.1 103 Early\r\n\r\n"),
        (
            HEAD + b"content-encoding: gzip\r\ncontent-length: 9999\r\n\r\n" + gzip.compress(b"{}", mtime=0)[:10],
            b"\x00",
        ),
    ],
    ids=["body", "chunks", "endless body", "header", "status line", "interim answers", "gzip"],
)
def test_a_drip_ends_by_the_deadline(site, quick, start, drop):
    began = time.monotonic()
    with pytest.raises((SourceDown, SourceChanged)):
        quick.get(site(dripping(start, drop)).url)
    assert time.monotonic() - began < 1.5


def test_a_site_that_says_nothing_is_too_slow(site, quick):
    peer = site(lambda *_: time.sleep(3))
    with pytest.raises(SourceDown, match=r"within 0.4 seconds"):
        quick.get(peer.url)


def test_redirects_share_the_deadline_of_their_request(site, make_client):
    def script(asked, _):
        time.sleep(0.25)
        return says("", 302, location=asked.target + "x")

    limits = Limits(deadline=0.6, connect=0.5, attempts=1, redirects=10)
    began = time.monotonic()
    with pytest.raises(SourceDown):
        make_client(limits=limits).read(calls_per_second=1000).get(site(script).url)
    assert time.monotonic() - began < 1.5


def packed(body: bytes, coding: str) -> bytes:
    if coding == "raw":
        machine = zlib.compressobj(9, zlib.DEFLATED, -15)
        return machine.compress(body) + machine.flush()
    return {"gzip": gzip.compress, "deflate": zlib.compress, "gzip, gzip": lambda b: gzip.compress(gzip.compress(b))}[
        coding
    ](body)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw", "gzip, gzip"])
def test_a_bomb_is_refused_before_it_fills_the_memory(site, quick, coding):
    bomb = says(packed(b"0" * 60_000_000, coding), content_encoding=coding.replace("raw", "deflate"))
    peer = site(in_turn(bomb))
    tracemalloc.start()
    with pytest.raises(SourceChanged, match="more than we read"):
        quick.get(peer.url)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


def test_a_bomb_in_an_error_answer_is_harmless(site, quick):
    bomb = says(packed(b"0" * 60_000_000, "gzip"), 418, content_encoding="gzip")
    with pytest.raises(SourceChanged, match="418"):
        quick.get(site(in_turn(bomb)).url)


def test_an_endless_body_ends_at_the_cap(site, quick):
    def script(_, connection):
        connection.sendall(HEAD + b"\r\n")
        while True:
            connection.sendall(b" " * 65536)

    with pytest.raises(SourceChanged, match="more than we read"):
        quick.get(site(script).url)


def test_an_answer_of_just_the_cap_is_read(site, quick):
    body = b'"' + b"a" * (QUICK.max_bytes - 2) + b'"'
    assert len(quick.get(site(in_turn(says(body))).url).json()) == QUICK.max_bytes - 2


def test_headers_without_end_are_refused(site, quick):
    def script(_, connection):
        connection.sendall(HEAD)
        for number in range(200_000):
            connection.sendall(b"x-%d: y\r\n" % number)

    with pytest.raises(SourceDown):
        quick.get(site(script).url)


@pytest.mark.parametrize(
    "torn",
    [
        HEAD + b'content-length: 50\r\n\r\n{"half": ',
        HEAD + b'transfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\n',
        HEAD + b"transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n",
        HEAD[:20],
        b"",
        b"\x16\x03\x01 this is not HTTP\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n{}",
        says(gzip.compress(b'{"whole": true}' * 9, mtime=0)[:-6], content_encoding="gzip"),
    ],
)
def test_a_torn_answer_is_asked_for_again(site, read, torn):
    peer = site(in_turn(torn, says('{"whole": true}')))
    assert read.get(peer.url).json() == {"whole": True}
    assert read.requests == 2


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip, gzip"])
def test_a_body_that_is_not_packed_as_it_says_is_a_change(site, read, coding):
    with pytest.raises(SourceChanged, match="packed in another way"):
        read.get(site(in_turn(says('{"plain": true}', content_encoding=coding))).url)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw", "gzip, gzip"])
def test_a_packed_body_is_unpacked(site, read, coding):
    answer = says(packed(b'{"n": 1}', coding), content_encoding=coding.replace("raw", "deflate"))
    assert read.get(site(in_turn(answer)).url).json() == {"n": 1}
