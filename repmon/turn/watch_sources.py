"""Silent sources: read without trouble, and yet without a review for longer than chance explains."""

from repmon.steps.alerting.quiet_source import silence
from repmon.store import events, pasts
from repmon.turn.world import World


def watch_sources(world: World) -> None:
    """Raise `source.quiet` once for each silence of one of our own sources that a site is asked for.

    A file brings reviews when somebody puts them into it: its silence means nothing.
    """
    now = world.clock()
    asked = {source.id for source in world.settings.sources if source.settings.door == "http" and source.role == "own"}
    with world.database.read() as session:
        known = [(row, pasts.past_of(session, row)) for row in pasts.well_read(session) if row.name in asked]
    for row, past in known:
        found = silence(past, now) if past else None
        if past is None or found is None or not found.suspicious:
            continue
        values = {
            "days": found.days, "expected": round(found.expected, 1), "expected_per_week": round(past.per_week, 1),
            "polls": row.polls, "polls_ok": row.polls_ok,
        }  # fmt: skip
        key = f"source.quiet/{row.id}/{past.since.isoformat()}"
        with world.database.write() as session:
            events.raise_event(
                session, key, "source.quiet", now, source_id=row.id, location=row.location, values=values
            )
