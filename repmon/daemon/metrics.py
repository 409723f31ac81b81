"""What the metrics page tells: figures only, by source, channel and kind; no review text, no address, no secret."""

import platform
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from repmon import __version__
from repmon.daemon.exposition import Family, Labels, exposition
from repmon.daemon.memory import resident_bytes
from repmon.daemon.present import Present
from repmon.daemon.report import STATES, Report
from repmon.errors import StoreError
from repmon.store import tallies
from repmon.store.handles import Session
from repmon.store.vitals import SourceVitals, sources_now
from repmon.turn.world import World

PROBLEMS = ("database", "scheduler", "deliverer", "sources")
LATELY = 200
"""How many of the last deliveries the delays are taken from."""
NONE: Labels = ()


class Metrics:
    """Gathers the figures when asked."""

    def __init__(self, present: Present, report: Report) -> None:
        self._present, self._report = present, report

    def page(self) -> str:
        """The page; while the database refuses, with what is known without it."""
        return exposition([*self._of_the_process(), *self._of_the_store()])

    def _of_the_process(self) -> Iterator[Family]:
        well, shown = self._report.look()
        problems: Any = shown["problems"]
        build: Labels = (("version", __version__), ("python", platform.python_version()))
        yield Family("build_info", "gauge", "The version that runs.", {build: 1})
        yield Family("started_timestamp_seconds", "gauge", "When the daemon began.",
                     {NONE: self._report.started_at.timestamp()})  # fmt: skip
        yield Family("healthy", "gauge", "1 while /healthz answers 200.", {NONE: well})
        yield Family("problem", "gauge", "1 for each thing somebody should look at at once.",
                     {(("problem", name),): name in problems for name in PROBLEMS})  # fmt: skip
        memory = resident_bytes()
        yield Family("resident_memory_bytes", "gauge", "Memory of the process.", {NONE: memory} if memory else {})
        path = self._present.world.database.path
        yield Family("database_bytes", "gauge", "Size of the database file.", _size(path))
        yield Family("database_wal_bytes", "gauge", "Size of its write-ahead log.",
                     _size(Path(f"{path}-wal") if path else None))  # fmt: skip

    def _of_the_store(self) -> list[Family]:
        world = self._present.world
        try:
            with world.database.read() as session:
                return [*_sources(session, world.clock()), *_outbox(session), *_stored(session, world)]
        except StoreError:
            return []  # the problem "database" says so


def _sources(session: Session, now: datetime) -> Iterator[Family]:
    known = sources_now(session)
    yield Family("source_state", "gauge", "1 for the state a source is in.", {
        (("source", name), ("state", state)): each.state == state for name, each in known.items() for state in STATES
    })  # fmt: skip
    yield Family("source_last_ok_age_seconds", "gauge", "Since a source was last read without trouble.", {
        (("source", name),): age for name, each in known.items() if (age := _age(each, now)) is not None
    })  # fmt: skip


def _age(source: SourceVitals, now: datetime) -> float | None:
    return round(max((now - source.last_ok_at).total_seconds(), 0.0), 1) if source.last_ok_at else None


def _outbox(session: Session) -> Iterator[Family]:
    yield Family("deliveries", "gauge", "Messages by channel, target and state.", {
        (("channel", channel), ("target", target), ("state", state)): number
        for (channel, target, state), number in tallies.deliveries(session).items()
    })  # fmt: skip
    delays = sorted(tallies.latest_delays(session, LATELY))
    yield Family("delivery_delay_seconds", "gauge",
                 f"From the making of a message to its delivery, of the last {LATELY} that nothing held back.",
                 {(("quantile", f"{share:g}"),): delays[min(int(share * len(delays)), len(delays) - 1)]
                  for share in (0.5, 0.95, 1.0) if delays})  # fmt: skip


def _stored(session: Session, world: World) -> Iterator[Family]:
    reviews, raised = tallies.reviews_by_source(session), tallies.events_by_kind(session)
    yield Family("reviews", "gauge", "Reviews stored, by source.", _by("source", reviews))
    yield Family("events_total", "counter", "Events raised, by kind.", _by("kind", raised))
    yield Family("drafts_pending", "gauge", "Drafts that wait for a person.", {NONE: tallies.drafts_pending(session)})
    yield Family("channels", "gauge", "Channels in the configuration.", {NONE: len(world.settings.channels)})


def _by(label: str, counts: Mapping[str, int]) -> dict[Labels, float]:
    return {((label, name),): number for name, number in counts.items()}


def _size(path: Path | None) -> dict[Labels, float]:
    try:
        return {NONE: path.stat().st_size} if path else {}
    except OSError:
        return {}
