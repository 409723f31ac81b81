"""How a digest's sources were read: how often, and what is wrong with those that are in trouble."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from repmon.steps.alerting import quiet_source
from repmon.steps.digest import Reading, Trouble
from repmon.steps.messages.excerpt import snippet
from repmon.steps.messages.figures import moment
from repmon.store import digest_figures, pasts
from repmon.store.handles import Session
from repmon.store.tables import SourceRow
from repmon.turn.world import World
from repmon.wording import say

Counts = Mapping[str, Sequence[int]]
"""Of each source how often it was asked, and how often with success, since it was added."""


def reading_of(
    world: World, session: Session, places: tuple[str, ...] | None, now: Counts | None, before: Counts, end: datetime
) -> Reading:
    """How the sources of some places were read between two counts; None and {} are not known."""
    rows = digest_figures.sources(session, places)
    troubles = tuple(each for row in rows if (each := _trouble(world, session, row, end)))
    counted = [(now[row.name], before[row.name]) for row in rows if now and row.name in now and row.name in before]
    if not counted:
        return Reading(len(rows), troubles=troubles)
    polls, polls_ok = (sum(max(0, late[which] - early[which]) for late, early in counted) for which in (0, 1))
    return Reading(len(rows), polls, polls_ok, troubles)


def _trouble(world: World, session: Session, row: SourceRow, end: datetime) -> Trouble | None:
    name = snippet(row.name, 80)
    if row.state in {"failing", "paused"} and row.failing_since and row.failing_since <= end:
        zone = world.settings.business_of(row.location).timezone
        error = row.error or {}
        reason = snippet(say(str(error.get("code", "paused")), error.get("values", {})), 200)
        about = {"source": name, "moment": moment(row.failing_since, zone), "reason": reason}
        return Trouble(f"digest_source_{row.state}", about)
    silence = _silence(world, session, row, end)
    return Trouble("digest_source_silent", {"source": name, "silence": silence}) if silence else None


def _silence(world: World, session: Session, row: SourceRow, end: datetime) -> str:
    """The sentence about a silence that chance does not explain, or ""; a file is silent until somebody changes it."""
    asked = any(source.id == row.name and source.settings.door == "http" for source in world.settings.sources)
    past = pasts.past_of(session, row) if asked and row.state == "ok" and row.first_read_said_at else None
    found = quiet_source.silence(past, end) if past else None
    if not (past and found and found.suspicious):
        return ""
    return say(*quiet_source.words(found, past, row.polls, row.polls_ok))
