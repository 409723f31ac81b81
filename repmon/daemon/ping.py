"""Telling a service elsewhere that all is well, so that it notices when we fall silent."""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from repmon import __version__
from repmon.errors import SourceError
from repmon.http import Client, Limits
from repmon.turn.world import World, utc_now

PING_EVERY = 60.0
FIRST_AFTER = 15.0
"""Seconds after the start, when a first cycle is behind us."""
ANYWHERE = ("0.0.0.0/0", "::/0")
"""The address is the owner's own choice, and nothing that comes back is read: it may well be private."""
LIMITS = Limits(deadline=10.0, connect=5.0, max_bytes=65_536, attempts=2, wait_at_most=5.0)

log = logging.getLogger("repmon")


class Ping:
    """Asks for the address while `well` says so. That it cannot be reached is said once, and disturbs nothing."""

    def __init__(self, address: str, well: Callable[[], bool], client: Callable[[str], Client] | None = None) -> None:
        self._address, self._well = address, well
        self._make = client or _client
        self._client: Client | None = None
        self._failed = False

    def send(self) -> None:
        """Ask for the address once, if all is well; at most some 20 seconds."""
        if not self._well():
            return
        self._client = self._client or self._make(self._address)
        try:
            self._client.read(calls_per_second=1.0).get(self._address)
        except SourceError as error:
            if error.code != "answer_empty":  # an answer all the same
                self._not_sent(error)
                return
        if self._failed:
            log.info("the ping arrives again")
        self._failed = False

    def _not_sent(self, error: SourceError) -> None:
        level = logging.DEBUG if self._failed else logging.WARNING
        log.log(level, "the ping did not arrive", extra={"code": error.code, "problem": str(error)})
        self._failed = True


def ping_of(world: World, well: Callable[[], bool]) -> Ping | None:
    """The ping of the configuration; None where there is none."""
    address = world.settings.health.ping
    return Ping(address.get_secret_value(), well) if address else None


def _client(address: str) -> Client:
    """A client of its own: sources are guarded from private addresses, and keep to the proxy of sources."""
    return Client(user_agent=f"repmon/{__version__}", clock=utc_now, allow=ANYWHERE, proxy=_proxy(address),
                  limits=LIMITS)  # fmt: skip


def _proxy(address: str) -> str | None:
    """The proxy that the environment names for it, as for alerts."""
    parts = urlsplit(address)
    given = getproxies().get(parts.scheme, "")
    usable = given.startswith(("http://", "https://")) and not proxy_bypass(parts.netloc)
    return given if usable else None
