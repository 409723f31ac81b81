"""A site, a client that may talk to it, and time that passes only when the client sleeps."""

import random
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import pytest

from repmon.http import Client, Limits, Read
from tests.http.peer import Peer, Script

NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # reading certifi's takes longer than a test
NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


class Time:
    """Monotonic time in which sleeping takes no time: it only moves the hands."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.now = NOW

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def monotonic(self) -> float:
        return time.monotonic() + sum(self.slept)

    def clock(self) -> datetime:
        return self.now


@pytest.fixture
def hands() -> Time:
    return Time()


@pytest.fixture
def site() -> Iterator[Callable[[Script], Peer]]:
    """Start a site; it ends with the test."""
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(Peer(script))


@pytest.fixture
def make_client(hands: Time) -> Iterator[Callable[..., Client]]:
    """A client that may use the loopback, with these of its arguments changed."""
    with ExitStack() as stack:

        def make(**given: Any) -> Client:
            standard: dict[str, Any] = {
                "allow": ["127.0.0.1"],
                "user_agent": "repmon/0.test",
                "verify": NO_CERTIFICATES,
                "clock": hands.clock,
                "sleep": hands.sleep,
                "monotonic": hands.monotonic,
                "rng": random.Random(1),
                "limits": Limits(deadline=5.0, connect=2.0),
            }
            client = Client(**(standard | given))
            stack.callback(client.close)
            return client

        yield make


@pytest.fixture
def read(make_client: Callable[..., Client]) -> Read:
    """One read that may ask as fast as it likes."""
    return make_client().read(calls_per_second=1000.0)
