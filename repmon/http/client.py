"""The one HTTP client of the process: it owns the connections, the guard, the pace and the access tokens."""

import logging
import random
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from repmon.connector import Auth
from repmon.http.asking import Asking, Means, Terms
from repmon.http.exchange import Exchange
from repmon.http.guard import Guard
from repmon.http.limits import Limits
from repmon.http.pace import Pace
from repmon.http.read import Read
from repmon.http.token import Nowhere, Vault
from repmon.http.tokens import Tokens
from repmon.http.wire import Deadline, transport

_TALKATIVE = ("httpx", "httpcore")  # they log whole addresses, keys included, and headers


class Client:
    """Makes reads; thread-safe. Nothing of the environment (proxy variables, netrc) is used.

    `allow`: addresses or CIDR that may be used though private. `proxy`: http(s)://[user:password@]host:port for every
    request; it is trusted, and since it looks names up itself, the guard then sees only hosts written as addresses.
    `vault` keeps access tokens between runs.
    `verify`: the certificates to trust, certifi's by default. ValueError for an `allow` or `proxy` that is none.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        clock: Callable[[], datetime],
        allow: Sequence[str] = (),
        proxy: str | None = None,
        verify: ssl.SSLContext | None = None,
        vault: Vault = Nowhere(),  # noqa: B008 - holds nothing
        limits: Limits = Limits(),  # noqa: B008 - frozen
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        rng: random.Random | None = None,
    ) -> None:
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        guard, deadline = Guard(allow), Deadline(monotonic)
        self._transport = transport(guard, deadline, proxy=proxy, verify=verify)
        exchange = Exchange(
            self._transport, deadline, limits, proxied=guard if proxy else None, user_agent=user_agent
        )  # fmt: skip
        pace = Pace(monotonic)
        self._means = Means(exchange, Tokens(clock, vault), pace, limits, clock, sleep, rng or random.Random())  # noqa: S311

    def read(
        self,
        *,
        calls_per_second: float,
        validators: Mapping[str, str] | None = None,
        budget: int | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Read:
        """The connection for one read of one listing.

        `validators`: what the last finished read left, None to ask unconditionally. `budget`: requests this read may
        make, SourceBusy("budget_spent") beyond. `cancelled`: looked at around every wait, SourceDown("stopping").
        """
        return Read(self._means, Terms(calls_per_second, validators or {}, budget, cancelled))

    def access(self, auth: Auth, refused: str = "") -> str:
        """An access token for something else than HTTP (a mailbox); `refused` is one that was not taken."""
        return Asking(self._means, Terms(1.0, {}, None, lambda: False)).access(auth, refused)

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()
