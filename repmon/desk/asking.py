"""What a person does with a source in trouble: have it asked again, and have tried again what was set aside."""

from repmon.errors import DecisionError
from repmon.store import audit, events, health_views, pushed, reviews, sources
from repmon.store.handles import Session
from repmon.store.tables import SourceRow
from repmon.turn.world import World


def ask_again(world: World, name: str, *, by: str) -> bool:
    """Lift the pause of a source; whether it is asked now (a daemon runs here) or at its next turn.

    DecisionError: no such source, it is not paused (a site's own "come back later" is obeyed), or nobody is named.
    """
    with world.database.write() as session:
        row = _named(session, name, by)
        if row.state != "paused":
            raise DecisionError("source_not_paused", source=name)
        health_views.lift_pause(row)
        _write_down(world, session, "source.asked", row, by)
    return world.ask_soon(name)


def try_set_aside(world: World, name: str, *, by: str) -> None:
    """Try again what could not be read of a source: at its next turn its listings are read to the end once.

    DecisionError: no such source, nothing is set aside, or nobody is named.
    """
    with world.database.write() as session:
        row = _named(session, name, by)
        number = row.id or 0
        aside = health_views.counts_aside(session).get(number, 0)
        if not aside:
            raise DecisionError("source_nothing_aside", source=name)
        reviews.retry_set_aside(session, number)
        events.retry_set_aside(session, number)
        pushed.retry(session, number)
        for listing in health_views.listings_with_items_aside(session, number):
            sources.begin_gap(session, listing)  # a read to the end comes past the items, wherever they stand
        _write_down(world, session, "source.retried", row, by, items=aside)


def _named(session: Session, name: str, by: str) -> SourceRow:
    if not by.strip():
        raise DecisionError("desk_nobody")
    row = sources.source_named(session, name)
    if row is None or row.state == "retired":
        raise DecisionError("source_gone", source=name)
    return row


def _write_down(world: World, session: Session, action: str, row: SourceRow, by: str, **values: int) -> None:
    audit.append(session, action, f"source/{row.name}", actor=by.strip(), at=world.clock(),
                 values={"source": row.name, **values})  # fmt: skip
