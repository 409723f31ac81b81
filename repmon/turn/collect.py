"""The first arrow: ask one source what is new, and write down how that went. A failure is never "success, 0 new"."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from repmon.config import Source
from repmon.errors import RepmonError, SourceBusy, SourceChanged, SourceDown, SourceError, SourceRefused, StoreError
from repmon.steps.plan import ListingFacts, plan_read
from repmon.store import events, polls, pushed, reviews, sources
from repmon.store.tables import ListingRow, SourceRow
from repmon.turn import allowance
from repmon.turn.doors import open_door
from repmon.turn.following import follow
from repmon.turn.listing import REQUESTS, Count, Progress, Reading
from repmon.turn.pushed import take_from
from repmon.turn.world import World

DOWN_IN_A_ROW = 2
"""So many listings of one source that do not answer are a site that is down, and the others are not asked."""

log = logging.getLogger("repmon")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one poll of one source went: the row of `repmon poll --json`. `error` and `notes` are codes with values."""

    source: str
    status: str
    new: int = 0
    edited: int = 0
    removed: int = 0
    quarantined: int = 0
    requests: int = 0
    seconds: float = 0.0
    error: RepmonError | None = None
    notes: tuple[tuple[str, dict[str, object]], ...] = ()


def collect(
    world: World, source: Source, *, named: bool = False, scheduled: bool = False,
    listings: Sequence[str] | None = None, progress: Progress = lambda _read: None,
) -> Outcome:  # fmt: skip
    """Read every listing of one source. `named` by a person: a pause is lifted and set-aside rows are tried again.

    `scheduled`: by the clock, which spreads a daily allowance over the day; a person's question is asked at once.
    `listings` replaces those the connector names (a file to import).
    """
    started = time.monotonic()
    now = world.clock()
    with world.database.write() as session:
        row = sources.source_named(session, source.id)
        if row is None:
            raise StoreError("source_unknown", name=source.id)
        if named:
            reviews.retry_set_aside(session, row.id or 0)
            events.retry_set_aside(session, row.id or 0)
            pushed.retry(session, row.id or 0)
        refusal = polls.may_ask(row, now, named=named)
    if refusal:
        return Outcome(source.id, refusal.status, error=refusal.error)
    early = allowance.too_early(source, row, now) if scheduled else None
    if early:
        return Outcome(source.id, "busy", error=early)
    count = Count()
    error = _read_all(world, source, row, listings, count, progress) or _followed(world, source, row, count)
    allowance.until_tomorrow(error, now)
    outcome = Outcome(
        source.id, _status(error), count.new, count.edited, count.removed, count.quarantined,
        count.requests, round(time.monotonic() - started, 3), error, tuple(count.notes),
    )  # fmt: skip
    with world.database.write() as session:
        polls.settle(session, row.id or 0, error, outcome.notes, world.settings.alerts.failing_after,
                     requests=count.requests, new=count.new, now=world.clock())  # fmt: skip
        if error is None:
            allowance.spread(world, session, source, row, count.requests, now)
    return outcome


def _status(error: SourceError | None) -> str:
    if error is None:
        return "ok"
    return "busy" if error.code == "stopping" else error.status


def _read_all(
    world: World, source: Source, row: SourceRow, listings: Sequence[str] | None, count: Count, progress: Progress
) -> SourceError | None:
    """Read listing after listing; the first failure. One that fails hides no other, unless it speaks for the site."""
    if source.settings.door == "push":
        _take_in(world, source, count)
        return None
    try:
        names = listings if listings is not None else source.settings.listings()
    except Exception as bug:  # noqa: BLE001 - as in _tried
        return _stumbled(source, bug)
    first: SourceError | None = None
    down = 0
    for name in names:
        error = _tried(world, source, row, name, count, progress)
        if isinstance(error, SourceBusy):
            return error
        first = first or error
        down = down + 1 if isinstance(error, SourceDown) else 0
        if down >= DOWN_IN_A_ROW or (error and _speaks_for_the_site(error)):
            break
    return first


def _followed(world: World, source: Source, row: SourceRow, count: Count) -> SourceError | None:
    """Ask about stored reviews where the site wants deletions followed; how that failed, if it did."""
    with world.database.read() as session:
        left = allowance.left(world, session, source, world.clock(), already=count.requests)
    try:
        found = follow(world, source, row, left)
    except SourceError as error:
        return error
    except StoreError:
        raise
    except Exception as bug:  # noqa: BLE001 - as in _tried
        return _stumbled(source, bug)
    count.removed, count.edited = count.removed + found.removed, count.edited + found.edited
    count.requests += found.requests
    return None


def _take_in(world: World, source: Source, count: Count) -> None:
    """Nothing is asked where the site pushes: what came is taken in, and what was set aside is tried again."""
    taken = take_from(world, source)
    count.new, count.edited, count.quarantined = taken.new, taken.edited, taken.quarantined
    count.notes += taken.notes


def _speaks_for_the_site(error: SourceError) -> bool:
    """A refused key, or our own stopping, is the same for every listing; a page that is not there is not."""
    return error.code == "stopping" or (isinstance(error, SourceRefused) and error.code != "not_there")


def _tried(
    world: World, source: Source, row: SourceRow, name: str, count: Count, progress: Progress
) -> SourceError | None:
    """Read one listing; how it failed, if it did."""
    try:
        _read(world, source, row, name, count, progress)
    except SourceError as error:
        return error
    except StoreError:
        raise
    except Exception as bug:  # noqa: BLE001 - a stranger's connector may raise anything; it must harm only its source
        return _stumbled(source, bug)
    return None


def _stumbled(source: Source, bug: Exception) -> SourceChanged:
    log.error("connector stumbled", extra={"source": source.id}, exc_info=bug)
    return SourceChanged("connector_stumbled", problem=type(bug).__name__)


def _read(world: World, source: Source, row: SourceRow, name: str, count: Count, progress: Progress) -> None:
    """Read one listing, and count what it brought even when it fails half-way."""
    now = world.clock()
    with world.database.write() as session:
        listing = sources.listing_named(session, row.id or 0, name, now)
        left = allowance.left(world, session, source, now, already=count.requests)
    facts = _facts(listing)
    plan = plan_read(facts, source.settings.order, source.history, now)
    plan, left = allowance.shared_out(source, listing, facts, plan, left, now)
    door = open_door(world, source, _validators(listing) if plan.conditional else {}, left)
    reading = Reading(world, source, row, listing, door, plan, progress)
    try:
        reading.run()
    finally:
        count.add(reading.count)


def _validators(listing: ListingRow) -> dict[str, str]:
    return {name: value for name, value in (listing.validators or {}).items() if name != REQUESTS}


def _facts(listing: ListingRow) -> ListingFacts:
    return ListingFacts(
        listing.first_finished_at, listing.last_finished, listing.last_sweep_at, listing.last_recent_at,
        had_one_request=(listing.validators or {}).get(REQUESTS, "0") in {"0", "1"},
    )  # fmt: skip
