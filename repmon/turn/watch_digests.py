"""Raises each digest once a period, by the wall clock of its places: after restarts, and when the clock was changed."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from repmon.config import Digest
from repmon.steps.digest.period import DAYS, Period, Rhythm, last_due
from repmon.store import digest_figures, events
from repmon.store.handles import Session
from repmon.store.memory import Fact, recall, remember
from repmon.turn.world import World

_FACT = "digest/"

log = logging.getLogger("repmon")


def watch_digests(world: World) -> None:
    """Raise what is due and not too late; what is, is passed over with a line in the log.

    A digest begins with the first period that ends after it was configured: nobody is told of a time before that.
    """
    now = world.clock()
    with world.database.read() as session:
        news = list(_news(world, session, now))
    for digest, period, known in news:
        with world.database.write() as session:
            remember(session, f"{_FACT}{digest.name}", period.day.isoformat(), now)
            if known is not None:
                _raise(world, session, digest, period, now)


def rhythm_of(world: World, digest: Digest) -> Rhythm:
    """When a digest is due: by the clock of its places, or else its channels' places, where they share one."""
    channels = (world.settings.channels.get(name) for name in digest.notify)
    places = digest.locations or tuple(place for each in channels if each for place in each.locations)
    zones = {world.settings.business_of(place).timezone for place in places}
    zone = zones.pop() if len(zones) == 1 else world.settings.business.timezone
    return Rhythm(digest.time, zone, DAYS.index(digest.on) if digest.every == "week" else None)


def key_of(digest: Digest, period: Period) -> str:
    """The key of the event: one a digest and local date."""
    return f"digest/{digest.name}/{period.day.isoformat()}"


def values_of(digest: Digest, period: Period, rhythm: Rhythm) -> dict[str, Any]:
    """What the event keeps, so that the message can be written, and written again, without the configuration."""
    return {
        "digest": digest.name, "every": digest.every, "from": period.start.isoformat(),
        "until": period.end.isoformat(), "day": period.day.isoformat(), "timezone": rhythm.zone,
        "at": digest.at, "locations": list(digest.locations),
        "answer_hours": round(digest.answer_within.total_seconds() / 3600),
    }  # fmt: skip


def _news(world: World, session: Session, now: datetime) -> Iterator[tuple[Digest, Period, Fact | None]]:
    """Digests with a period that is over and was not seen to.

    A fact from the future is from a clock that was ahead: what it says counts no more, the events' keys still do.
    """
    for digest in world.settings.digests_or_default():
        period = last_due(rhythm_of(world, digest), now)
        known = recall(session, f"{_FACT}{digest.name}")
        if known is None or known.at > now or known.value < period.day.isoformat():
            yield digest, period, known


def _raise(world: World, session: Session, digest: Digest, period: Period, now: datetime) -> None:
    rhythm = rhythm_of(world, digest)
    if now - period.end > rhythm.late:
        log.warning("digest skipped: it was due too long ago",
                    extra={"digest": digest.name, "due": period.end.isoformat()})  # fmt: skip
        return
    polls = {row.name: [row.polls, row.polls_ok] for row in digest_figures.sources(session, None)}
    events.raise_event(session, key_of(digest, period), "digest", now,
                       values={**values_of(digest, period, rhythm), "polls": polls})  # fmt: skip
