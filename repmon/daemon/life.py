"""The daemon's life: everything is started in order, signals are obeyed, everything is ended in order."""

import logging
import os
import time
from collections.abc import Callable
from datetime import timedelta

from repmon import __version__
from repmon.daemon.absence import LOOK_EVERY as ABSENCE_EVERY
from repmon.daemon.absence import Absences, note_absence
from repmon.daemon.companion import Companion
from repmon.daemon.condition import PULSE_EVERY, Condition
from repmon.daemon.deliverer import Deliverer
from repmon.daemon.health import Health
from repmon.daemon.jobs import LEARN_EVERY, POST_EVERY, PROCESS_EVERY, UPKEEP_EVERY, Jobs
from repmon.daemon.loaded import write_down_config
from repmon.daemon.metrics import Metrics
from repmon.daemon.ping import FIRST_AFTER, PING_EVERY, ping_of
from repmon.daemon.present import Present, close
from repmon.daemon.reload import name_unusable_channels
from repmon.daemon.report import Report
from repmon.daemon.schedule import Schedule
from repmon.daemon.signals import RELOAD, STOP, Signals
from repmon.daemon.systemd import READY, STOPPING, Systemd
from repmon.errors import StoreError
from repmon.store.lock import Lock
from repmon.store.memory import remember
from repmon.store.vitals import SourceVitals, sources_now
from repmon.turn.world import World

GRACE = 20.0
"""Seconds that the rows, pages and messages in hand get to be finished after a signal to stop."""
LOOK_EVERY = 5.0
LEARN_FIRST = timedelta(hours=1)
"""Learning waits until what a start has to do is done."""
ALONE_EVERY = 5.0
"""Seconds between two looks whether the lock on the database is still ours; a server may have ended the connection."""
JUMP = 30.0
"""So many seconds the clock must be put forward or back before everything is planned anew."""

log = logging.getLogger("repmon")


class Daemon:
    """One running daemon on a database that is ours alone."""

    def __init__(self, world: World, systemd: Systemd, companion: Companion, lock: Lock) -> None:
        self.present = Present(world)
        self.displaced: StoreError | None = None
        """Set when another daemon has taken over the database: there must not be two."""
        self._lock = lock
        self._world, self._systemd, self._companion = world, systemd, companion
        self._condition = Condition()
        now = world.clock()
        self._report = Report(self.present, self._condition, started_at=now, since=now)
        self._jobs = Jobs(self.present, self._condition, systemd)
        self._schedule = Schedule(self._jobs.poll, self._jobs.failed)
        world.ask_soon = lambda name: self._schedule.soon(name, world.clock())
        self._deliverer = Deliverer(self.present, self._condition)
        self._absences = Absences(self.present, now)
        self._ping = ping_of(world, self._report.well)
        metrics = Metrics(self.present, self._report)
        self._health = Health(world.settings.health.address, self._report.look, metrics.page)

    def start(self) -> None:
        """Begin everything, then tell the service manager. StoreError when the database refuses, ConfigError when the
        companion cannot begin.
        """
        world, now = self._world, self._world.clock()
        world.enter()
        write_down_config(world)
        self._companion.start(self.present)
        with world.database.write() as session:
            note_absence(session, now)
            remember(session, "started", __version__, now)
        name_unusable_channels(world)
        self._plan()
        self._schedule.start()
        self._deliverer.start()
        self._health.start()
        self._systemd.tell(READY)
        log.info("ready", extra={"version": __version__, "pid": os.getpid(), "sources": len(world.settings.sources),
                                 "channels": len(world.settings.channels)})  # fmt: skip

    def serve(self, signals: Signals, reload: Callable[[], bool]) -> None:
        """Stay until a signal says stop; the work is done by other threads meanwhile."""
        offset = self._clock_offset()
        while not STOP.intersection(arrived := signals.wait(LOOK_EVERY)) and self.displaced is None:
            if RELOAD in arrived:
                self._reload(reload)
            if abs(self._clock_offset() - offset) > JUMP:
                offset = self._clock_offset()
                log.warning("the clock was put forward or back, or the machine slept: everything is planned anew")
                self._schedule.replan(self._known(), self._world.clock())

    def stop(self, signals: Signals) -> None:
        """Begin nothing new, let what is in hand be finished, and leave. A second signal ends the waiting."""
        log.info("stopping")
        self._systemd.tell(STOPPING)
        self._world.stopping.set()
        self._schedule.stop()
        finished = self._wait(signals)
        self._health.stop()
        if self.displaced is None:  # else the record of starts and stops is another's
            self._say_goodbye(finished=finished)
        if not finished:
            # Threads that hang in the network would keep the interpreter for minutes. Whatever they have in hand is
            # uncommitted or unrecorded, and taken up again at the next start, as after any crash.
            logging.shutdown()
            os._exit(0)
        close(self.present.world)

    def _plan(self) -> None:
        now = self._world.clock()
        pulse = min(PULSE_EVERY, (self._systemd.watchdog or PULSE_EVERY * 3) / 3)
        self._schedule.house_job("process", self._jobs.process, PROCESS_EVERY, now)
        self._schedule.house_job("post", self._jobs.post, POST_EVERY, now)
        self._schedule.house_job("pulse", self._jobs.pulse, pulse, now)
        self._schedule.house_job("upkeep", self._jobs.upkeep, UPKEEP_EVERY, now)
        self._schedule.house_job("learn", self._jobs.learn, LEARN_EVERY, now + LEARN_FIRST)
        self._schedule.house_job("alone", self._keep_alone, ALONE_EVERY, now)
        self._schedule.house_job("absences", self._absences.look, ABSENCE_EVERY, now)
        if self._ping:
            self._schedule.house_job("ping", self._ping.send, PING_EVERY, now + timedelta(seconds=FIRST_AFTER))
        self._schedule.follow(self._world.settings.sources, self._known(), now)

    def _keep_alone(self) -> None:
        try:
            self._lock.keep()
        except StoreError as error:
            if error.code != "already_running":
                raise
            self.displaced = error

    def _reload(self, reload: Callable[[], bool]) -> None:
        self._systemd.reloading()
        if reload():
            self._report.since = self._world.clock()
            self._schedule.follow(self.present.world.settings.sources, self._known(), self._world.clock())
            self._world.outbox_filled.set()
        self._systemd.tell(READY)

    def _wait(self, signals: Signals) -> bool:
        until = time.monotonic() + GRACE
        while time.monotonic() < until:
            if self._companion.stop(0.1) and self._deliverer.stop(0.1) and self.present.left(0.1):
                return True
            if STOP.intersection(signals.wait(0.0)):
                break
        return False

    def _say_goodbye(self, *, finished: bool) -> None:
        try:
            with self._world.database.write() as session:
                remember(session, "stopped", "finished" if finished else "unfinished", self._world.clock())
            self._world.database.checkpoint()
        except StoreError as error:
            log.warning("the end was not written down", extra={"problem": str(error)})
        log.info("stopped", extra={"unfinished": not finished})

    def _known(self) -> dict[str, SourceVitals]:
        with self._world.database.read() as session:
            return sources_now(session)

    def _clock_offset(self) -> float:
        return self._world.clock().timestamp() - time.monotonic()
