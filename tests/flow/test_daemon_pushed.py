"""A review that is sent to a running daemon's desk is told at once, not at the next look around."""

import hashlib
import hmac
import json
import time

import httpx
import pytest

from tests.flow.daemons import HEAD
from tests.flow.peers import free_port

pytestmark = pytest.mark.slow
SECRET = "a-secret-of-the-guestbook-0123456789"
GUESTBOOK = f"""
[[sources]]
id = "guestbook"
connector = "webhook"
secret = "{SECRET}"
"""


def push(port: int, **review: object) -> int:
    body = json.dumps(review).encode()
    signed = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "x-repmon-signature": signed}
    url = f"http://127.0.0.1:{port}/hooks/guestbook"
    return httpx.post(url, content=body, headers=headers, trust_env=False).status_code


def test_an_unhappy_review_that_is_pushed_is_told_within_seconds(place, sink):
    port = free_port()
    desk = HEAD.replace("listen = false", f'listen = "127.0.0.1:{port}"')
    place.write(GUESTBOOK, sink.channel(), head=desk)
    with place.begin() as daemon:
        daemon.until_polled("guestbook")
        for number in range(2):
            began = time.monotonic()
            assert push(port, id=f"g{number}", rating=1, text=f"Soup {number} was cold.") == 202
            daemon.until(lambda number=number: sink.count(f"Soup {number} was cold"))
            assert time.monotonic() - began < 20
        assert daemon.stop() == 0


def test_of_many_that_are_pushed_at_once_none_waits_for_the_next_look_around(place, sink):
    port = free_port()
    desk = HEAD.replace("listen = false", f'listen = "127.0.0.1:{port}"')
    place.write(GUESTBOOK, sink.channel(), head=desk)
    with place.begin() as daemon:
        daemon.until_polled("guestbook")
        began = time.monotonic()
        for number in range(8):
            assert push(port, id=f"g{number}", rating=1, text=f"Soup {number} was cold.") == 202
        daemon.until(lambda: all(sink.count(f"Soup {number} was cold") for number in range(8)))
        assert time.monotonic() - began < 20
        assert daemon.stop() == 0
