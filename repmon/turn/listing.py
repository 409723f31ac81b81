"""Reading one listing: page by page into the store, until nothing further down can be news."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from repmon.config import Source
from repmon.connector import Item
from repmon.errors import SourceBusy, SourceChanged
from repmon.http import Unchanged
from repmon.steps.plan import KNOWN_IN_A_ROW, Plan, Stop
from repmon.steps.reading import guarded_items
from repmon.store import inbox, missing, sources
from repmon.store.tables import ListingRow, SourceRow
from repmon.turn.arrivals import Sorter
from repmon.turn.doors import Door
from repmon.turn.world import World

PAGE = 500
NEARLY = 0.9
"""Reads cut at this much of the same depth were cut at the same depth: pages may hold a few reviews less."""
REQUESTS = "requests"
"""Kept with the validators: how many requests the read took that they are from."""

Note = tuple[str, dict[str, object]]
Progress = Callable[[int], None]


@dataclass
class Count:
    """What a read brought."""

    new: int = 0
    edited: int = 0
    removed: int = 0
    quarantined: int = 0
    read: int = 0
    requests: int = 0
    notes: list[Note] = field(default_factory=list)

    def add(self, other: "Count") -> None:
        """Sum over the listings of a source."""
        for name in ("new", "edited", "removed", "quarantined", "read", "requests"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.notes += [note for note in other.notes if note not in self.notes]


class Reading:
    """One read of one listing. What it stored so far stays, whatever happens to the rest."""

    def __init__(
        self, world: World, source: Source, row: SourceRow, listing: ListingRow, door: Door, plan: Plan,
        progress: Progress,
    ) -> None:  # fmt: skip
        self.world, self.source, self.row, self.listing, self.door, self.plan = world, source, row, listing, door, plan
        self.progress = progress
        self.count = Count()
        self.stop = Stop(plan, source.settings.order, world.clock())
        with world.database.read() as session:
            unreadable = {item.digest for item in sources.items_set_aside(session, row.id or 0)}
        self.sorter = Sorter(source, plan, row.added_at, unreadable)

    def run(self) -> Count:
        """Read until the plan is fulfilled; a SourceError leaves the read unfinished, to be taken up next time."""
        try:
            reached_end = self._read_pages()
        except Unchanged:
            self._finish(swept=False)
        except SourceBusy as busy:
            if not self._is_cut_rightly(busy):
                raise
        else:
            if reached_end and not self.count.read and not self.source.settings.may_be_empty:
                self._refuse_emptiness()
            if reached_end or not self.plan.partial:
                self._finish(swept=reached_end)
        finally:
            self.count.requests = self.door.requests
            self.count.notes += _storable(self.door.notes)
        return self.count

    def _read_pages(self) -> bool:
        """True when the listing came to its own end, false when we had seen enough."""
        with closing(guarded_items(self.source.settings, self.door, self.listing.name)) as items:
            for page in _pages(items, self.door, self._page_size):
                enough = self._store(page)
                self.progress(self.count.read)
                self.sorter.refuse_nonsense()
                if enough:
                    return False
                if self.world.stopping.is_set():
                    raise SourceBusy("stopping")
        return True

    def _page_size(self) -> int:
        """Where a read may stop early, no item more than could make it stop."""
        return PAGE if self.plan.reach == "end" else max(KNOWN_IN_A_ROW - self.stop.streak, 1)

    def _refuse_emptiness(self) -> None:
        """No review at all where some are known is a site that has changed: reviews do not vanish all at once."""
        with self.world.database.read() as session:
            known = sources.reviews_shown(session, self.listing.id or 0)
        if known:
            raise SourceChanged("empty_where_reviews_were", known=known)

    def _store(self, page: list[Item]) -> bool:
        """Commit one page. True when enough has been seen."""
        now = self.world.clock()
        found = self.sorter.sort(page, now)
        source_id, listing_id = self.row.id or 0, self.listing.id or 0
        aside = [{**item, "source_id": source_id, "listing_id": listing_id} for item in found.set_aside]
        with self.world.database.write() as session:
            stored = inbox.take_in(session, source_id, listing_id, found.arrivals, now)
            sources.set_aside(session, aside, now)
            sources.settle_items(session, source_id, found.readable_now, now)
            if self.listing.last_finished and ("new" in stored or "edited" in stored):
                sources.begin_gap(session, listing_id)
                self.listing.last_finished = False
        self.count.new += stored.count("new")
        self.count.edited += stored.count("edited")
        self.count.quarantined += len(found.set_aside)
        self.count.read += len(page)
        enough = [self.stop.enough(verdict, written_at) for verdict, written_at in found.verdicts(stored)]
        return any(enough)

    def _finish(self, *, swept: bool) -> None:
        """Write down that the read came to its natural end, and after a full sweep what was missing from it.

        A sweep that ends where the history does, or the allowance, has done what it can: the next is due in a week.
        """
        now = self.world.clock()
        complete = swept and self.source.settings.complete and not self.count.quarantined
        with self.world.database.write() as session:
            if complete:
                self.count.removed = missing.note_missing(session, self.listing.id or 0, self.sorter.seen, now)
            sources.finish_read(
                session, self.listing.id or 0, now, swept=swept or self.plan.sweep, recent=self.plan.reach != "known",
                validators=self._validators(), notes=[*self.count.notes, *_storable(self.door.notes)],
            )  # fmt: skip

    def _validators(self) -> dict[str, str]:
        return {**self.door.validators, REQUESTS: str(self.door.requests)} if self.door.validators else {}

    def _is_cut_rightly(self, busy: SourceBusy) -> bool:
        """Whether a read that the daily allowance cut short has done what it could; if for good, it is finished."""
        if busy.code != "budget_spent" or self.plan.partial:
            return busy.code == "budget_spent" and self.plan.rationed
        if self._cut_at_the_same_depth():
            self.count.notes.append(("history_cut_by_allowance", {"read": self.count.read}))
            self._finish(swept=False)
            return True
        if self.plan.rationed:
            self.count.notes.append(("history_waits_for_allowance", {"read": self.count.read}))
        return self.plan.rationed

    def _cut_at_the_same_depth(self) -> bool:
        """Was a read before this one cut by the daily allowance at the same depth? Then none can get further.

        A later read of the day has less allowance left, or none, and says nothing about how deep one can get.
        """
        before, read = self.listing.cut_depth, self.count.read
        again = NEARLY * before <= read <= before if before else False
        with self.world.database.write() as session:
            sources.cut_read(session, self.listing.id or 0, max(read, before))
        return again


def _storable(notes: list[Note]) -> list[Note]:
    """A connector may note anything; what is no plain value is kept as the text of it."""
    return [
        (code, {name: value if isinstance(value, str | int | float | bool | None) else str(value)
                for name, value in values.items()})
        for code, values in notes
    ]  # fmt: skip


def _pages(items: Iterator[Item], door: Door, size: Callable[[], int]) -> Iterator[list[Item]]:
    """Cut a lazy listing into pages: at every request the site was asked for, and at `size` items at most.

    A full page is handed on before the next item is asked for, and the items in hand before a failure is raised.
    """
    page: list[Item] = []
    requests = door.requests
    try:
        for item in items:
            if page and door.requests != requests:
                yield page
                page = []
            requests = door.requests
            door.item_seen()
            page.append(item)
            if len(page) >= size():
                yield page
                page = []
    except Exception:
        if page:
            yield page
        raise
    if page:
        yield page
