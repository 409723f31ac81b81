"""The network under the client: guarded addresses, and a deadline that no slow drip can stretch."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

from repmon.http.guard import Guard
from repmon.http.lean import httpx

_CONNECTIONS = httpx.Limits(max_connections=40, max_keepalive_connections=8, keepalive_expiry=5.0)
_WRITE_PIECE = 64 * 1024


class Deadline(threading.local):
    """When the request of this thread must be over: every read and write gets only the time that is left.

    A timeout for each read, which is all that the libraries offer, never ends an answer of one byte a second.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._end: float | None = None

    @contextmanager
    def within(self, seconds: float) -> Iterator[Callable[[], float]]:
        """Everything that this thread does on the network inside the block ends after `seconds`; gives what is left."""
        end = self._end = self._monotonic() + seconds
        try:
            yield lambda: end - self._monotonic()
        finally:
            self._end = None

    def left(self, late: type[httpcore.TimeoutException], at_most: float | None = None) -> float | None:
        """Seconds left (None: no deadline runs), no more than `at_most`; raises `late` when there are none."""
        if self._end is None:
            return at_most
        left = self._end - self._monotonic()
        if left <= 0:
            raise late("the time for this request is over")
        return left if at_most is None else min(left, at_most)


class _Stream(httpcore.NetworkStream):
    """One connection whose every operation is bounded by the deadline."""

    def __init__(self, plain: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._plain = plain
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._plain.read(max_bytes, self._deadline.left(httpcore.ReadTimeout, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _WRITE_PIECE):
            left = self._deadline.left(httpcore.WriteTimeout, timeout)
            self._plain.write(buffer[start : start + _WRITE_PIECE], left)

    def close(self) -> None:
        self._plain.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(httpcore.ConnectTimeout, timeout)
        return _Stream(self._plain.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._plain.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Looks a host up, checks its addresses and connects to one of exactly those: no second look-up in between."""

    def __init__(self, guard: Guard | None, deadline: Deadline) -> None:
        self._guard = guard
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _look_up(host, port, self._deadline.left(httpcore.ConnectTimeout, timeout))
        if self._guard is not None:
            addresses = self._guard.permitted(host, addresses)
        for number, address in enumerate(addresses, start=1):
            left = self._deadline.left(httpcore.ConnectTimeout, timeout)
            try:
                stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
            else:
                return _Stream(stream, self._deadline)
        raise httpcore.ConnectError("the name has no address")


def transport(
    guard: Guard, deadline: Deadline, *, proxy: str | None = None, verify: ssl.SSLContext | None = None
) -> httpx.HTTPTransport:
    """The transport of httpx on our network. `proxy`, http(s)://[user:password@]host:port, is not guarded itself."""
    made = httpx.HTTPTransport(verify=verify or True, trust_env=False, limits=_CONNECTIONS, proxy=proxy)
    # httpx has no argument for this. Were the attribute gone, a guard set in vain would be worse than no start.
    pool = made._pool  # noqa: SLF001
    if not isinstance(getattr(pool, "_network_backend", None), httpcore.NetworkBackend):
        raise TypeError("this httpx keeps its network elsewhere; the address guard would not be used")
    pool._network_backend = _Backend(None if proxy else guard, deadline)  # noqa: SLF001
    return made


def _look_up(host: str, port: int, seconds: float | None) -> list[str]:
    """The addresses of a host, in the resolver's order; the system's resolver knows no deadline, hence the thread."""
    found: list[str] = []
    trouble: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:  # UnicodeError: a label too long or empty
            trouble.append(error.strerror or "" if isinstance(error, OSError) else "not a host name")
        else:
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))

    asking = threading.Thread(target=ask, name=f"look-up {host}", daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise httpcore.ConnectTimeout("looking up the name took too long")
    if not found:
        raise httpcore.ConnectError(trouble[0] if trouble else "the name has no address")
    return found
