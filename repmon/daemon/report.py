"""What the health page says: one look at the process and at the database, without secrets and without review text."""

import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from repmon import __version__
from repmon.daemon.condition import Condition
from repmon.daemon.jobs import PROCESS_EVERY
from repmon.daemon.present import Present
from repmon.daemon.timing import overdue
from repmon.errors import StoreError
from repmon.store.vitals import OutboxVitals, SourceVitals, outbox_now, sources_now
from repmon.turn.world import World

STATES = ("ok", "failing", "paused", "busy")
CYCLE = 3 * PROCESS_EVERY
"""Seconds within which what is stored should have been processed once."""


@dataclass
class Report:
    """Looks when asked. `since` is when the present configuration was taken up."""

    present: Present
    condition: Condition
    started_at: datetime
    since: datetime

    def look(self) -> tuple[bool, dict[str, object]]:
        """Tell whether all is well enough to leave it alone, and the figures.

        `failing` (somebody should look at once): the database cannot be written, alerts are not sent, or sources are
        not asked any more. `degraded`: all that works, but a source or a channel is in trouble.
        """
        world = self.present.world
        error, sources, outbox = self.condition.store_error, dict[str, SourceVitals](), OutboxVitals(0, 0, 0)
        try:
            with world.database.read() as session:
                sources, outbox = sources_now(session), outbox_now(session)
        except StoreError as trouble:
            error = trouble.code
        late = self._latest(world, sources)
        problems = self._problems(error, late)
        states = Counter(each.state for each in sources.values())
        ailing = states["failing"] or states["paused"] or outbox.ailing_targets
        return not problems, {
            "status": "failing" if problems else "degraded" if ailing else "ok",
            "version": __version__,
            "started_at": self.started_at.isoformat(timespec="seconds"),
            "problems": problems,
            "sources": {state: states[state] for state in STATES},
            "oldest_overdue_source": late,
            "last_poll_at": _latest_poll(sources),
            "pending_deliveries": outbox.pending,
            "failed_deliveries": outbox.failed,
            "ailing_channels": outbox.ailing_targets,
            "database": error or "ok",
            "disk_free": _disk_free(world),
        }

    def well(self) -> bool:
        """Tell whether a whole cycle goes round: asked, understood and sent lately, and not every source fails."""
        if not self.look()[0] or not self.condition.sending_works:
            return False
        world = self.present.world
        with world.database.read() as session:
            sources = sources_now(session).values()
        reading = not sources or any(each.state not in {"failing", "paused"} for each in sources)
        return reading and self.condition.processed_within(CYCLE)

    def _problems(self, store_error: str, late: str | None) -> list[str]:
        """Name what makes it red, by words that stay the same."""
        signs = {"database": bool(store_error), "scheduler": not self.condition.scheduler_runs,
                 "deliverer": not self.condition.deliverer_runs(), "sources": late is not None}  # fmt: skip
        return [name for name, red in signs.items() if red]

    def _latest(self, world: World, sources: dict[str, SourceVitals]) -> str | None:
        """Find the source that has been left alone for too long by most."""
        now = world.clock()
        by = {
            source.id: overdue(source.every, sources[source.id], self._reading(source.id), self.since, now)
            for source in world.settings.sources
            if source.id in sources
        }
        worst = max(by, key=lambda name: by[name], default=None)
        return worst if worst and by[worst] else None

    def _reading(self, source: str) -> timedelta:
        return timedelta(seconds=self.condition.reading_for(source))


def _latest_poll(sources: dict[str, SourceVitals]) -> str | None:
    times = [each.last_poll_at for each in sources.values() if each.last_poll_at]
    return max(times).isoformat(timespec="seconds") if times else None


def _disk_free(world: World) -> int | None:
    """Bytes left for the database file; None on a server, or when the system does not say."""
    path = world.database.path
    try:
        return shutil.disk_usage(path.parent).free if path else None
    except OSError:
        return None
