"""What the schedule runs: polls of sources, and the house's own jobs."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from repmon.config import Source
from repmon.daemon.condition import Condition
from repmon.daemon.present import Present
from repmon.daemon.systemd import ALIVE, Systemd
from repmon.errors import RepmonError, StoreError
from repmon.pipeline import Outcome, collect, forget, post, process
from repmon.store.memory import remember
from repmon.turn.learn import learn
from repmon.turn.rereading import reread
from repmon.turn.world import World

PROCESS_EVERY = 60.0
POST_EVERY = 20.0
UPKEEP_EVERY = 30.0
CHECKPOINT_EVERY = 600.0
LEARN_EVERY = 86_400.0
REREAD_AT_ONCE = 10
"""Batches read anew a minute after something was learned: gentle on a small machine, a first import's worth an hour."""
LARGEST_WAL = 16 * 2**20
REMEMBERED_EVERY = 60.0
"""Seconds between two marks in the database that we are alive; after a crash they tell what was missed."""

log = logging.getLogger("repmon")


class Jobs:
    """The jobs; each takes the world that is present when it begins, and none of them overlaps itself."""

    def __init__(
        self, present: Present, condition: Condition, systemd: Systemd,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._present, self._condition, self._systemd = present, condition, systemd
        self._monotonic = monotonic
        self._remembered_at = self._folded_at = monotonic()

    def poll(self, name: str) -> None:
        """Ask one source, and take what it brought as far as the outbox."""
        with self._present.using() as world:
            source = _source(world, name)
            if source is None or world.stopping.is_set():
                return
            self._condition.begin(name)
            try:
                _say(collect(world, source, scheduled=True))
            finally:
                self._condition.end(name)
            process(world)
            self._written(world)

    def process(self) -> None:
        """Take up what a crash, or a command in another process, left half-way."""
        with self._present.using() as world:
            process(world)
            self._condition.processed()
            reread(world, REREAD_AT_ONCE)
            forget(world)

    def post(self) -> None:
        """Post what was approved, and ask the sites about replies in doubt."""
        with self._present.using() as world:
            post(world)

    def pulse(self) -> None:
        """Prove that the scheduler runs, that the database answers and that alerts are sent; then tell the watchdog.

        A full disk is an answer: being killed for it would not make room. One that hangs is not.
        """
        with self._present.using() as world:
            self._condition.beat()
            if self._condition.store_error or self._monotonic() - self._remembered_at >= REMEMBERED_EVERY:
                self._remember_to_be_alive(world)
            if self._condition.deliverer_runs():
                self._systemd.tell(ALIVE)

    def upkeep(self) -> None:
        """Fold the write-ahead log into the database file now and then, sooner when it has grown."""
        with self._present.using() as world:
            path = world.database.path
            if path is None or world.stopping.is_set():
                return
            if self._monotonic() - self._folded_at >= CHECKPOINT_EVERY or _size(Path(f"{path}-wal")) > LARGEST_WAL:
                world.database.checkpoint()
                self._folded_at = self._monotonic()

    def learn(self) -> None:
        """Learn anew from the owner's own stars, where enough have come in since the last time."""
        with self._present.using() as world:
            if not world.stopping.is_set():
                learn(world)

    def failed(self, job: str, error: BaseException) -> None:
        """Say that a job ended with an exception; it runs again at its next time."""
        if isinstance(error, StoreError):
            news = self._condition.store_failed(error)
            log.log(logging.ERROR if news else logging.DEBUG, "the database refuses",
                    extra={"job": job, "code": error.code, "problem": str(error)})  # fmt: skip
        elif isinstance(error, RepmonError):
            log.error("job failed", extra={"job": job, "code": error.code, "problem": str(error)})
        else:
            log.error("job stumbled", extra={"job": job}, exc_info=error)

    def _remember_to_be_alive(self, world: World) -> None:
        try:
            with world.database.write() as session:
                remember(session, "alive", "", world.clock())
        except StoreError as error:
            self.failed("pulse", error)
            return
        self._remembered_at = self._monotonic()
        self._written(world)

    def _written(self, world: World) -> None:
        if self._condition.store_works():
            log.info("the database works again")
            world.outbox_filled.set()


def _source(world: World, name: str) -> Source | None:
    return next((source for source in world.settings.sources if source.id == name), None)


def _say(outcome: Outcome) -> None:
    """One line a poll: a warning where it went wrong."""
    values = {name: getattr(outcome, name) for name in ("source", "status", "new", "edited", "removed", "quarantined",
                                                        "requests", "seconds")}  # fmt: skip
    if outcome.error:
        values |= {"code": outcome.error.code, "problem": str(outcome.error)}
    ill = outcome.status not in {"ok", "busy"}
    log.log(logging.WARNING if ill else logging.INFO, "polled", extra=values)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
