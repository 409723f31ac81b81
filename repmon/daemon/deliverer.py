"""The thread that sends: woken when the outbox is filled, or when the next message is due."""

import logging
import threading
from datetime import datetime

from repmon.daemon.condition import Condition
from repmon.daemon.present import Present
from repmon.errors import StoreError
from repmon.pipeline import deliver, process
from repmon.store.due import next_due

LONGEST_WAIT = 10.0
"""Seconds until the outbox is looked at again anyway: a command may have filled it from another process."""
SHORTEST_WAIT = 1.0
"""Seconds between two rounds, where what is due is in another process's hands."""
AFTER_TROUBLE = 10.0

log = logging.getLogger("repmon")


class Deliverer:
    """Sends what is due until told to stop. Nothing that goes wrong in a round ends the thread."""

    def __init__(self, present: Present, condition: Condition) -> None:
        self._present, self._condition = present, condition
        self._filled = present.world.outbox_filled
        self._stopping = present.world.stopping
        self._thread = threading.Thread(target=self._run, name="deliverer", daemon=True)
        condition.deliverer_runs = self._thread.is_alive

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def stop(self, seconds: float) -> bool:
        """Let it finish the messages in hand; false when it had not after `seconds`. `world.stopping` is set before."""
        self._filled.set()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._filled.clear()
            self._filled.wait(self._round())

    def _round(self) -> float:
        """Send what is due; how many seconds until there may be more."""
        try:
            with self._present.using() as world:
                now = world.clock()
                due = self._next_due()
                self._condition.sending_works = True
                if due is None or due > now:
                    return _seconds_until(due, now)
                tally = deliver(world, company=True)
                if tally.failed:
                    process(world)
                if tally.delivered or tally.failed:
                    log.info("delivered", extra={"delivered": tally.delivered, "failed": tally.failed})
                return _seconds_until(self._next_due(), world.clock())
        except StoreError as error:
            if self._condition.store_failed(error):
                said = {"job": "deliver", "code": error.code, "problem": str(error)}
                log.error("the database refuses", extra=said)  # noqa: TRY400 - the sentence says it all
        except Exception:
            # Whatever it was, the alerts of all channels hang on this thread: say so and go on.
            log.exception("delivering stumbled")
        self._condition.sending_works = False
        return AFTER_TROUBLE

    def _next_due(self) -> datetime | None:
        with self._present.world.database.read() as session:
            return next_due(session)


def _seconds_until(due: datetime | None, now: datetime) -> float:
    if due is None:
        return LONGEST_WAIT
    return min(max((due - now).total_seconds(), SHORTEST_WAIT), LONGEST_WAIT)
