"""The arrow from what was pushed to us: raw events become arrivals, exactly as what was asked for does.

An event is committed as it came (`repmon.store.pushed`) before anybody looks inside. Taking it in is one transaction
with its reviews; what cannot be read is set aside with its body, and holds up no other.
"""

import logging
from dataclasses import dataclass, field

from repmon.config import Source
from repmon.errors import RepmonError, SourceError
from repmon.http.pushed import Event
from repmon.steps.plan import Plan
from repmon.steps.reading import guarded_items
from repmon.store import inbox, pushed, sources
from repmon.store.handles import Session
from repmon.store.tables import PushedRow, SourceRow
from repmon.turn.arrivals import Sorted, Sorter
from repmon.turn.world import World

BATCH = 200
NEWS = Plan("known", first=False, sweep=False, conditional=False)
"""What is pushed is news: it happened now, whatever was pushed before."""

log = logging.getLogger("repmon")


@dataclass
class Taken:
    """What the events of one source brought."""

    new: int = 0
    edited: int = 0
    quarantined: int = 0
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)


def take_pushed(world: World) -> int:
    """Take in every event that waits; how many reviews were new or edited."""
    took = [take_from(world, source) for source in world.settings.sources if source.settings.door == "push"]
    return sum(each.new + each.edited for each in took)


def take_from(world: World, source: Source) -> Taken:
    """Take in what waits of one source."""
    taken = Taken()
    while not world.stopping.is_set():
        now = world.clock()
        with world.database.read() as session:
            row = sources.source_named(session, source.id)
            numbers = pushed.waiting(session, row.id or 0, now, BATCH) if row else []
        if row is None or not numbers:
            break
        for number in numbers:
            _take(world, source, row, number, taken)
    return taken


def _take(world: World, source: Source, row: SourceRow, number: int, taken: Taken) -> None:
    with world.database.read() as session:
        event = pushed.in_hand(session, number)
        known = {item.digest for item in sources.items_set_aside(session, row.id or 0)}
    if event is None:
        return
    door = Event(event.body, event.headers or {})
    try:
        items = list(guarded_items(source.settings, door, _listing(source)))
        found = Sorter(source, NEWS, row.added_at, known).sort(items, world.clock())
    except SourceError as error:
        _set_back(world, number, error, taken, for_good=True)
    except Exception as bug:
        log.exception("connector stumbled", extra={"source": source.id})
        stumbled = RepmonError("connector_stumbled", problem=type(bug).__name__)
        _set_back(world, number, stumbled, taken, for_good=False)
    else:
        until = event.received_at + source.settings.settles()
        with world.database.write() as session:
            if _is_bare(found) and world.clock() < until:
                pushed.put_off(session, number, until)
                return
            _store(session, source, row, number, found, taken, world)
        taken.notes += [note for note in door.notes if note not in taken.notes]


def _is_bare(found: Sorted) -> bool:
    """Tell an event whose reviews have no words yet: some sites send the figure first and the words later."""
    return bool(found.arrivals) and not any(each.review.text or each.review.title for each in found.arrivals)


def _listing(source: Source) -> str:
    return next(iter(source.settings.listings()), "")


def _store(
    session: Session, source: Source, row: SourceRow, number: int, found: Sorted, taken: Taken, world: World
) -> None:
    now, source_id = world.clock(), row.id or 0
    event = pushed.in_hand(session, number)
    if event is None:
        return
    listing = sources.listing_named(session, source_id, _listing(source), now)
    late = pushed.newer_known(session, source_id, found.arrivals)
    fresh = [arrival for arrival in found.arrivals if arrival.identity not in late]
    verdicts = inbox.take_in(session, source_id, listing.id or 0, fresh, now)
    aside = [{**item, "source_id": source_id, "listing_id": listing.id} for item in found.set_aside]
    sources.set_aside(session, aside, now)
    sources.settle_items(session, source_id, found.readable_now, now)
    pushed.settled(event, now)
    taken.new += verdicts.count("new")
    taken.edited += verdicts.count("edited")
    taken.quarantined += len(aside)


def _set_back(world: World, number: int, error: RepmonError, taken: Taken, *, for_good: bool) -> None:
    with world.database.write() as session:
        event: PushedRow | None = pushed.in_hand(session, number)
        if event is not None:
            pushed.failed(event, error.stored(), world.clock(), for_good=for_good)
            taken.quarantined += event.quarantined_at is not None
