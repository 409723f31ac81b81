"""THE STORY: how a review on a site becomes a message to the right person.

    connectors ──▶ collect ─▶ STORE ─▶ understand ─▶ draft ─▶ watch ─▶ notify ─▶ outbox ─▶ deliver
                                                       └─▶ a person approves ─▶ post ──▶ the site

Each arrow ends in a committed row and takes up the rows whose next result is missing: the database is the queue.
A crash between two arrows loses nothing; the next turn goes on where this one ended. A row that fails an arrow three
times is set aside, visibly, and holds up no other. The rooms of the story are in `repmon.turn`, one file an arrow.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from repmon.config import Source
from repmon.turn.aside import Aside
from repmon.turn.collect import Outcome, collect
from repmon.turn.drafting import draft
from repmon.turn.listing import Progress
from repmon.turn.notify import notify
from repmon.turn.posting import post_approved
from repmon.turn.pushed import take_pushed
from repmon.turn.retention import forget
from repmon.turn.send import Tally, deliver
from repmon.turn.settling import settle
from repmon.turn.understand import understand
from repmon.turn.watch import watch
from repmon.turn.world import World

__all__ = ["Outcome", "Tally", "Turn", "World", "bring_in", "collect", "deliver", "forget", "post", "process", "turn"]

AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn came to."""

    outcomes: Sequence[Outcome]
    delivered: Tally


def turn(world: World, sources: Iterable[Source], *, named: bool = False, send: bool = True) -> Turn:
    """One whole turn now: ask every source, understand, draft, notify; post what was approved, deliver what is due.

    Sources are asked side by side, so that a slow one delays no other; each has its own outcome, in the given order.
    """
    world.enter()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="collect") as threads:
        outcomes = list(threads.map(lambda source: collect(world, source, named=named), sources))
    process(world)
    forget(world)
    if not send:
        return Turn(outcomes, Tally())
    post(world)
    return Turn(outcomes, deliver_all(world))


def process(world: World) -> None:
    """Take every stored row as far as it can go without the network: taken in, understood, drafted, watched, routed."""
    with world.processing:
        take_pushed(world)
        understand(world)
        draft(world)
        watch(world)
        notify(world)


def post(world: World) -> int:
    """Post approved replies where that is allowed, and ask the sites about those in doubt; how many got on."""
    done = post_approved(world) + settle(world)
    if done:
        process(world)
    return done


def deliver_all(world: World, *, everything: bool = False) -> Tally:
    """Deliver, and route what the deliveries themselves raised (a channel given up is told on another one)."""
    tally = deliver(world, everything=everything)
    process(world)
    last = deliver(world)
    return Tally(tally.delivered + last.delivered, tally.failed + last.failed)


def bring_in(world: World, source: Source, listing: str, progress: Progress) -> Outcome:
    """Import one file through its source: stored and understood like anything read, old reviews quietly."""
    world.enter()
    with Aside(world.settings.path) as aside:

        def stored(read: int) -> None:
            aside.stored(read)
            progress(read)

        outcome = collect(world, source, named=True, listings=[listing], progress=stored)
        if aside.no_more():  # the two meet in the middle
            understand(world, newest_first=True)
    process(world)
    return outcome
