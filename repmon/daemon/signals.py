"""Signals as values: they are waited for at one place, and nothing happens inside a handler."""

import select
import signal
import socket
from types import TracebackType
from typing import Self

STOP = frozenset({signal.SIGTERM, signal.SIGINT})
RELOAD = signal.SIGHUP
WATCHED = (*STOP, RELOAD)


class Signals:
    """Catches the signals a daemon obeys, from entering until leaving. Only for the main thread.

    A handler that took a lock could meet it locked by the very code it interrupted, so the handlers do nothing:
    Python writes each signal's number to a socket (`signal.set_wakeup_fd`), and `wait` reads it there.
    """

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()

    def __enter__(self) -> Self:
        self._reader.settimeout(0)
        self._writer.settimeout(0)
        self._old_fd = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._old = {number: signal.signal(number, _nothing) for number in WATCHED}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_fd)
        self._reader.close()
        self._writer.close()

    def wait(self, seconds: float) -> list[int]:
        """List the signals that have come, waiting at most `seconds` for the first; [] when none did."""
        if not select.select([self._reader], [], [], seconds)[0]:
            return []
        return list(self._reader.recv(64))


def _nothing(number: int, frame: object) -> None:
    """Being there keeps the signal from ending the process."""
