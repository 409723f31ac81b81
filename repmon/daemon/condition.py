"""How the process itself is: what its threads tell, for the health page and the watchdog."""

import time
from collections.abc import Callable

from repmon.errors import StoreError

PULSE_EVERY = 20.0
"""Seconds between two beats of the scheduler; three missed ones mean that it is stuck."""


class Condition:
    """Told by the threads, asked by the health page; every value is replaced whole, so no lock is needed."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._beat_at = monotonic()
        self._reading: dict[str, float] = {}
        self.store_error = ""
        """The code of what keeps the database from being written; "" while it can be."""
        self.deliverer_runs: Callable[[], bool] = lambda: False
        """Whether the thread that sends alerts is there."""
        self.sending_works = True
        """Whether its last round went through; a message that did not arrive is no fault of the round."""
        self._processed_at = monotonic()

    def beat(self) -> None:
        """Note that the scheduler runs its jobs."""
        self._beat_at = self._monotonic()

    def store_failed(self, error: StoreError) -> bool:
        """Note that the database refused; true when that is news."""
        news = self.store_error != error.code
        self.store_error = error.code
        return news

    def store_works(self) -> bool:
        """Note that a row was written; true when that is news."""
        news = bool(self.store_error)
        self.store_error = ""
        return news

    def processed(self) -> None:
        """Note that what is stored has been taken as far as the outbox."""
        self._processed_at = self._monotonic()

    def processed_within(self, seconds: float) -> bool:
        """Tell whether that has been so lately."""
        return self._monotonic() - self._processed_at < seconds

    def begin(self, source: str) -> None:
        """Note that a source is being asked."""
        self._reading[source] = self._monotonic()

    def end(self, source: str) -> None:
        """Note that its answer is stored, or its failure."""
        self._reading.pop(source, None)

    def reading_for(self, source: str) -> float:
        """Count the seconds since the poll of a source that is under way began; 0.0 when none is."""
        began = self._reading.get(source)
        return self._monotonic() - began if began is not None else 0.0

    @property
    def scheduler_runs(self) -> bool:
        """Whether the scheduler has run a job lately."""
        return self._monotonic() - self._beat_at < 3 * PULSE_EVERY
