"""Looks for what no single review shows: bursts, falling ratings, silence, overdue answers, digests that are due."""

from datetime import datetime, timedelta

from repmon.store.memory import recall, remember
from repmon.turn.watch_digests import watch_digests
from repmon.turn.watch_incidents import watch_incidents
from repmon.turn.watch_ratings import watch_ratings
from repmon.turn.watch_sources import watch_sources
from repmon.turn.watch_unanswered import watch_unanswered
from repmon.turn.world import World

SLOWLY = timedelta(hours=1)
"""Ratings and silences change over days; looking once an hour is soon enough."""


def watch(world: World) -> None:
    """Raise events for what is found. Comes before routing, so that what an incident tells is not told singly too."""
    if world.settings.alerts.incidents:
        watch_incidents(world)
    watch_unanswered(world)
    watch_digests(world)
    if _hour_is_over(world, world.clock()):
        watch_ratings(world)
        watch_sources(world)


def _hour_is_over(world: World, now: datetime) -> bool:
    with world.database.read() as session:
        last = recall(session, "watched")
    if last and now - SLOWLY < last.at <= now:
        return False
    with world.database.write() as session:
        remember(session, "watched", "", now)
    return True
