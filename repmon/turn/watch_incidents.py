"""Incidents: opened by a burst of unhappy reviews at one place, told as they grow, closed when it is calm again."""

from datetime import datetime, timedelta
from typing import Any

from repmon.steps.alerting.bursts import EARLIER, USUAL, WINDOWS, Burst, Span, Usual, burst, goes_on, usual
from repmon.store import incidents, rates
from repmon.store.handles import Session
from repmon.store.tables import IncidentRow
from repmon.turn.incident_news import CALM, members, tell
from repmon.turn.world import World

NEXT_WORD = timedelta(hours=6)
GREW = 1.5
LATEST_WORD = timedelta(hours=24)
"""Whatever came in is told within a day, even if it is not half as much again."""
STALE = timedelta(days=7)
"""Reviews that a site shows later than this are no news of what happens now."""


def watch_incidents(world: World) -> None:
    """Open, tell and close incidents, each in a transaction of its own."""
    with world.database.read() as session:
        fresh, known = incidents.fresh(session), incidents.all_open(session)
    now = world.clock()
    for row in known:
        _follow(world, row.id or 0, now)
    for location, latest in fresh.items():
        if latest > now - STALE and location not in {row.location for row in known}:
            _open(world, location, latest, now)


def _open(world: World, location: str | None, latest: datetime, now: datetime) -> None:
    with world.database.write() as session:
        since = incidents.closed_last(session, location)
        found = burst(_windows(session, location, latest, since))
        if found is None:
            return
        start = max(latest - found.window, since) if since else latest - found.window
        values = {"since": start.isoformat(), "excess_at": now.isoformat(), "told": 0, "words": 0, **_figures(found)}
        row = incidents.begin(session, location, values, now)
        if row is not None:
            tell(world, session, row, "incident.opened", now)


def _follow(world: World, incident_id: int, now: datetime) -> None:
    with world.database.read() as session:
        row = session.get_one(IncidentRow, incident_id)
        held = members(session, row)
        counted = len(held) != row.values["unhappy"]
        last = held[0].at if held else row.opened_at
        unusual = counted and goes_on(_windows(session, row.location, last, None))
    excess_at = now if unusual else datetime.fromisoformat(row.values["excess_at"])
    over = now - excess_at >= CALM
    if not (counted or over or _due(row, len(held), now)):
        return
    with world.database.write() as session:
        row = session.get_one(IncidentRow, incident_id)
        if row.closed_at is not None:
            return
        row.values = {**row.values, "unhappy": len(held), "excess_at": excess_at.isoformat()}
        if over:
            row.closed_at = now
            tell(world, session, row, "incident.closed", now)
        elif _due(row, len(held), now):
            tell(world, session, row, "incident.updated", now)


def _due(row: IncidentRow, unhappy: int, now: datetime) -> bool:
    """Whether it is time for another word about an open incident."""
    quiet_for, told = now - row.updated_at, row.values["told"]
    grew = unhappy >= GREW * told and quiet_for >= NEXT_WORD
    return unhappy > told and (grew or quiet_for >= LATEST_WORD)


def _windows(
    session: Session, location: str | None, latest: datetime, since: datetime | None
) -> dict[timedelta, tuple[Span, Usual]]:
    """What each window up to the latest review holds, and what is usual before it; nothing from before `since`."""
    found = {}
    for window in WINDOWS:
        start = latest - window
        held, lately, earlier = rates.spans(session, location, [
            (start, latest), (start - USUAL, start), (start - USUAL - EARLIER, start - USUAL),
        ])  # fmt: skip
        if since and since > start:
            held = rates.spans(session, location, [(min(since, latest), latest)])[0]
        found[window] = (held, usual(lately, earlier))
    return found


def _figures(found: Burst) -> dict[str, Any]:
    return {"hours": round(found.window / timedelta(hours=1)), "unhappy": found.unhappy, "reviews": found.reviews,
            "usual": round(found.expected, 1), "usual_share": round(found.usual_share, 3)}  # fmt: skip
