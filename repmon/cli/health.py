"""How each source is: what is stored about it, and what the configuration says now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from repmon.cli.document import moment
from repmon.cli.shapes import sentence
from repmon.cli.words import Shape
from repmon.config import Source
from repmon.config.units import spell
from repmon.pipeline import World
from repmon.steps.alerting import quiet_source
from repmon.steps.alerting.quiet_source import Past
from repmon.store import pasts, sources
from repmon.store.tables import SourceRow
from repmon.wording import say


@dataclass(frozen=True)
class Health:
    """One source; `every` is empty where it is no longer configured."""

    id: str
    connector: str
    location: str | None
    role: str
    state: str
    every: str = ""
    last_ok_at: datetime | None = None
    failing_since: datetime | None = None
    error: str | None = None
    reviews: int = 0
    expected_per_week: float | None = None
    note: str | None = None
    set_aside: int = 0
    polls: int = 0
    polls_ok: int = 0

    def shape(self) -> Shape:
        """One row of `sources --json`."""
        dates = {"last_ok_at": moment(self.last_ok_at), "failing_since": moment(self.failing_since)}
        return {**vars(self), **dates}


def healths(world: World) -> list[Health]:
    """Every source there ever was, then those of the configuration that have not been read yet."""
    with world.database.read() as session:
        rows = sources.all_sources(session)
        counts = sources.review_counts(session, world.clock())
        aside = sources.set_aside_counts(session)
        read = {row.id: pasts.past_of(session, row) for row in pasts.well_read(session)}
    configured = {source.id: source for source in world.settings.sources}
    known = [_stored(row, configured.get(row.name), counts.get(row.id or 0), aside.get(row.id or 0, 0),
                     _silence(row, configured.get(row.name), read.get(row.id), world)) for row in rows]  # fmt: skip
    unread = [_unread(source) for name, source in configured.items() if name not in {row.name for row in rows}]
    return known + unread


def _stored(row: SourceRow, source: Source | None, count: tuple[int, float] | None, aside: int, silence: str) -> Health:
    reviews, per_week = count or (0, None)
    back = row.state == "retired" and source is not None
    return Health(
        id=row.name, connector=row.connector, location=row.location, role=row.role,
        state="retired" if source is None else "ok" if back else row.state, every=spell(source.every) if source else "",
        last_ok_at=row.last_ok_at, failing_since=row.failing_since, error=sentence(row.error), reviews=reviews,
        expected_per_week=per_week, note=_note(row.note, silence), set_aside=aside, polls=row.polls,
        polls_ok=row.polls_ok,
    )  # fmt: skip


def _unread(source: Source) -> Health:
    return Health(source.id, source.connector, source.location, source.role, "ok", spell(source.every))


def _silence(row: SourceRow, source: Source | None, past: Past | None, world: World) -> str:
    """Say whether no news is good news; nothing of a file, which is silent until somebody changes it."""
    found = quiet_source.silence(past, world.clock()) if past and source and source.settings.door == "http" else None
    return say(*quiet_source.words(found, past, row.polls, row.polls_ok)) if past and found else ""


def _note(notes: list[Any] | None, silence: str) -> str | None:
    return "; ".join(filter(None, (*(say(code, values) for code, values in notes or []), silence))) or None
