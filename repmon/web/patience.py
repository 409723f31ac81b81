"""How long a browser may take to ask: one that sends its request a byte at a time holds no place for ever."""

from asyncio import TimerHandle, Transport

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS = 30.0
_INCOMPLETE = frozenset({h11.IDLE, h11.SEND_BODY})


class Patient(H11Protocol):
    """uvicorn's HTTP/1.1 with a limit on the time from a connection, or its next request's first byte, to its last."""

    _limit: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # uvicorn's own narrowing
        """Begin to count."""
        super().connection_made(transport)
        self._count()

    def data_received(self, data: bytes) -> None:
        """Stop counting when the request is whole, count on when it is not."""
        super().data_received(data)
        if self.conn.their_state not in _INCOMPLETE:
            self._stop_counting()
        elif self._limit is None:
            self._count()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave no timer behind."""
        self._stop_counting()
        super().connection_lost(exc)

    def _count(self) -> None:
        self._limit = self.loop.call_later(SECONDS, self._give_up)

    def _stop_counting(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _give_up(self) -> None:
        self.transport.close()
