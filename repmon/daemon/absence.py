"""Times without a daemon: found at the start, told once the sources have been asked again."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from repmon.daemon.present import Present
from repmon.pipeline import process
from repmon.store import events
from repmon.store.handles import Session
from repmon.store.memory import Fact, forget, recall, remember
from repmon.store.tallies import new_since
from repmon.store.vitals import SourceVitals, sources_now
from repmon.turn.world import World

LOOK_EVERY = 3.0
LONG = timedelta(minutes=10)
"""A stop that was asked for is told from this length on; shorter is an update or a changed setting."""
TOLD_EVERY = timedelta(hours=1)
"""A daemon that crashes over and over is told once in this time, with how often."""
PATIENCE = timedelta(minutes=10)
"""So long the sources get to be asked before the absence is told without them."""

log = logging.getLogger("repmon")


@dataclass(frozen=True, slots=True)
class Absence:
    """From `since` on no daemon ran, or not all the time: it was away so many `times`, by crashes so many of them;
    `longest` is the longest of these.
    """

    since: datetime
    times: int
    crashes: int
    longest: timedelta


def note_absence(session: Session, now: datetime) -> None:
    """Remember until it is told that there was no daemon before `now`: after a crash, or for long.

    To be called before the new start is written down.
    """
    started, alive, stopped = (recall(session, name) for name in ("started", "alive", "stopped"))
    if started is None:
        return
    crashed = stopped is None or stopped.at < started.at
    since = max(each.at for each in (started, alive, stopped) if each is not None)
    if crashed:
        log.warning("the last run ended without stopping", extra={"last_alive": since.isoformat(timespec="seconds")})
    if not crashed and now - since < LONG:
        return
    before = _read(recall(session, "absent"))
    absence = Absence(min(since, now), 1, int(crashed), max(now - since, timedelta()))
    if before is not None:
        longest = max(before.longest, absence.longest)
        absence = Absence(before.since, before.times + 1, before.crashes + absence.crashes, longest)
    value = {"since": absence.since.isoformat(), "times": absence.times, "crashes": absence.crashes,
             "longest": absence.longest.total_seconds()}  # fmt: skip
    remember(session, "absent", json.dumps(value), now)


class Absences:
    """Tells of an absence when it is known what came in meanwhile."""

    def __init__(self, present: Present, started_at: datetime) -> None:
        self._present, self._started_at = present, started_at
        self._done = False

    def look(self) -> None:
        """Raise `daemon.restarted` once the sources have been asked, or had time enough to be."""
        if self._done:
            return
        with self._present.using() as world:
            now = world.clock()
            with world.database.read() as session:
                fact, told, sources = recall(session, "absent"), recall(session, "absence_told"), sources_now(session)
            absence = _read(fact)
            self._done = absence is None
            if fact is None or absence is None or world.stopping.is_set():
                return
            if absence.longest < LONG and told and now - TOLD_EVERY < told.at <= now:
                return
            if now - self._started_at < PATIENCE and not all(
                self._had_its_turn(each, now) for each in sources.values()
            ):
                return
            self._tell(world, absence, fact.at, sources)
            process(world)

    def _had_its_turn(self, source: SourceVitals, now: datetime) -> bool:
        asked = source.last_poll_at is not None and source.last_poll_at >= self._started_at
        return asked or source.state == "paused" or (source.not_before is not None and source.not_before > now)

    def _tell(self, world: World, absence: Absence, until: datetime, sources: dict[str, SourceVitals]) -> None:
        read = [each for each in sources.values() if each.last_ok_at and each.last_ok_at >= self._started_at]
        now = world.clock()
        with world.database.write() as session:
            values = {
                "since": absence.since.isoformat(), "until": until.isoformat(), "times": absence.times,
                "crashes": absence.crashes, "sources": len(sources), "asked": len(read),
                "new": new_since(session, self._started_at),
            }  # fmt: skip
            events.raise_event(session, f"daemon.restarted/{until.isoformat()}", "daemon.restarted", now, values=values)
            forget(session, "absent")
            remember(session, "absence_told", "", now)


def _read(fact: Fact | None) -> Absence | None:
    if fact is None:
        return None
    value = json.loads(fact.value)
    since, longest = datetime.fromisoformat(value["since"]), timedelta(seconds=value["longest"])
    return Absence(since, value["times"], value["crashes"], longest)
