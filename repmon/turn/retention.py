"""The arrow that forgets: what the sites' terms no longer let us keep is removed; figures stay."""

import logging
from datetime import timedelta

from repmon.store import pushed, retention
from repmon.turn.arrivals import FRESH
from repmon.turn.world import World

REMEMBERED = timedelta(days=90)
"""How long we know that an event was pushed already; senders repeat theirs for days at most."""

log = logging.getLogger("repmon")


def forget(world: World) -> int:
    """Remove every text whose time is over, or whose review is gone where its class says so; of how many reviews."""
    limited = [source for source in world.settings.sources if source.settings.keeps.text_for is not None]
    strict = [source.id for source in world.settings.sources if source.settings.forget_removed]
    with world.database.read() as session:
        if not (limited or strict or retention.is_due(session, world.clock())):
            return 0
    done = 0
    while not world.stopping.is_set():
        now = world.clock()
        with world.database.write() as session:
            some = retention.purge_expired(session, now)
            some += retention.purge_removed(session, strict) if strict else 0
            for source in limited:
                retention.purge_items(session, source.id, max(source.settings.keeps.text_for or FRESH, FRESH), now)
            pushed.forget_old(session, now - REMEMBERED)
        done += some
        if some < retention.AT_ONCE:
            break
    if done:
        log.info("texts removed that may be kept no longer", extra={"reviews": done})
    return done
