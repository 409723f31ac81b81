"""Falling ratings: the last month's stars against the months before, told once a month and place."""

from repmon.steps.alerting.rating_drop import BEFORE, LEAST_BEFORE, NOW, BySource, Drop, drop
from repmon.store import events, incidents, rates
from repmon.store.memory import recall, remember
from repmon.turn.world import World


def watch_ratings(world: World) -> None:
    """Raise `rating.dropped` where it did; not while an incident of the place is open, which says as much."""
    now = world.clock()
    with world.database.read() as session:
        short, long = (rates.stars(session, (now - NOW - span, now - NOW, now)) for span in (BEFORE, 2 * BEFORE))
        found = {place: drop(_enough(stars, long.get(place, {}))) for place, stars in short.items()}
        busy = {row.location for row in incidents.all_open(session)} if world.settings.alerts.incidents else set()
    for place, one in found.items():
        if one and place not in busy:
            _tell(world, place, one)


def _enough(short: BySource, long: BySource) -> BySource:
    """Three months before, or six where three hold too few stars to compare with."""
    return short if sum(sum(before.values()) for before, _ in short.values()) >= LEAST_BEFORE else long


def _tell(world: World, place: str | None, found: Drop) -> None:
    now = world.clock()
    name = f"rating_dropped/{place or ''}"
    with world.database.write() as session:
        last = recall(session, name)
        if last and now - NOW < last.at <= now:
            return
        remember(session, name, "", now)
        values = {"before": round(found.before, 1), "now": round(found.now, 1), "days": NOW.days,
                  "reviews": found.reviews, "before_reviews": found.before_reviews}  # fmt: skip
        events.raise_event(session, f"rating.dropped/{place or ''}/{now.date().isoformat()}", "rating.dropped", now,
                           location=place, values=values)  # fmt: skip
