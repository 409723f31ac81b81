"""How fast, and how many at a time, one host is asked, across all threads."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from repmon.http.lean import httpx

AT_ONCE = 4
"""Requests to one host at the same time."""


class Pace:
    """Moments for requests, by host: whoever comes takes the next free one. It says how long; the caller sleeps."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._free: dict[str, float] = {}

    def take(self, host: str, per_second: float) -> float:
        """Take the next free moment of a host that may be asked `per_second` times; seconds until then."""
        with self._lock:
            now = self._monotonic()
            moment = max(now, self._free.get(host, now))
            self._free[host] = moment + 1.0 / per_second
            return moment - now

    def hold(self, host: str, seconds: float) -> None:
        """Nobody asks this host for so long: it told one of us to wait, and means all."""
        with self._lock:
            self._free[host] = max(self._free.get(host, 0.0), self._monotonic() + seconds)


class Lanes:
    """At most AT_ONCE requests to one host are under way; a slow host holds up its own queue only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lanes: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(AT_ONCE))

    @contextmanager
    def one(self, host: str, seconds: float) -> Iterator[None]:
        """One lane to the host while the block runs; httpx.PoolTimeout when none is free for so long."""
        with self._lock:
            lane = self._lanes[host]
        if not lane.acquire(timeout=max(seconds, 0.0)):
            raise httpx.PoolTimeout("too many requests to this host are under way")
        try:
            yield
        finally:
            lane.release()
