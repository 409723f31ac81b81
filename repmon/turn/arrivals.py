"""From a site's items to arrivals: read, put in our words, and sorted into news for the store and what is not."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from repmon.config import Source
from repmon.connector import Item
from repmon.errors import ItemUnreadable, SourceChanged
from repmon.steps.compact import compact
from repmon.steps.normalise import content_hash, normalise
from repmon.steps.plan import Plan, Verdict, is_quiet
from repmon.steps.reading import read_item
from repmon.store.inbox import Arrival, Identity

REPEATS = 50
"""So many items in a row that this read has had already: the site serves the same page for ever."""
FRESH = timedelta(minutes=15)
"""Where no text may be kept at all, it lives so long: for being understood, and for the alert to quote it."""
TOLERATED = 5
"""One unreadable item in so many is bad luck; more is a site that has changed."""


@dataclass
class Sorted:
    """One page, item by item: an arrival to be stored, or the verdict already known."""

    entries: list[Arrival | Verdict] = field(default_factory=list)
    set_aside: list[dict[str, Any]] = field(default_factory=list)
    readable_now: list[str] = field(default_factory=list)
    """Digests of items that were set aside before and can be read after all."""

    @property
    def arrivals(self) -> list[Arrival]:
        """What is to be stored."""
        return [entry for entry in self.entries if isinstance(entry, Arrival)]

    def verdicts(self, stored: list[Verdict]) -> Iterator[tuple[Verdict, datetime | None]]:
        """Every verdict in the order of the items, with when the review was written, given those of the arrivals."""
        of_arrivals = iter(stored)
        for entry in self.entries:
            if isinstance(entry, Arrival):
                yield next(of_arrivals), entry.review.written_at
            else:
                yield entry, None


class Sorter:
    """Sorts the pages of one read; remembers what the read has seen."""

    def __init__(self, source: Source, plan: Plan, quiet_until: datetime, known_unreadable: set[str]) -> None:
        self.source, self.plan, self.quiet_until = source, plan, quiet_until
        self.known_unreadable = known_unreadable
        self.seen: set[Identity] = set()
        self._repeats = 0
        self._read = 0
        self._unreadable = 0

    def sort(self, page: list[Item], now: datetime) -> Sorted:
        """One page. SourceChanged when the site repeats itself for ever."""
        result = Sorted()
        for item in page:
            raw = compact(item)
            try:
                result.entries.append(self._entry(item, raw, now))
            except ItemUnreadable as error:
                result.entries.append("unreadable")
                result.set_aside.append(_unreadable(raw, error))
            else:
                if self.known_unreadable and _digest(raw) in self.known_unreadable:
                    result.readable_now.append(_digest(raw))
        self._read += len(page)
        self._unreadable += len(result.set_aside)
        return result

    def refuse_nonsense(self) -> None:
        """SourceChanged when more than one item in five could not be read (a single bad one never is)."""
        bad = self._unreadable
        if bad * TOLERATED > self._read and (bad > 1 or self._read == 1):
            raise SourceChanged("items_unreadable", unreadable=bad, read=self._read)

    def _entry(self, item: Item, raw: str, now: datetime) -> Arrival | Verdict:
        connector = self.source.settings
        given = read_item(connector, item)
        review = normalise(given, self.source.id, connector.timezone, now, connector.reply_states)
        identity = (review.place, review.external_id)
        if identity in self.seen:
            self._count_repeat()
            return "repeated"
        self._repeats = 0
        self.seen.add(identity)
        said_at = review.edited_at or review.written_at
        if self.plan.oldest and said_at and said_at < self.plan.oldest:
            return "too_old"
        keep = connector.keeps.text_for
        return Arrival(
            review, raw, content_hash(given), self.source.locations.get(review.place, self.source.location),
            is_quiet(self.plan, review.written_at, self.quiet_until),
            now + max(keep, FRESH) if keep is not None else None,
        )  # fmt: skip

    def _count_repeat(self) -> None:
        self._repeats += 1
        if self._repeats >= REPEATS:
            raise SourceChanged("page_repeats", items=self._repeats)


def _unreadable(raw: str, error: ItemUnreadable) -> dict[str, Any]:
    return {"digest": _digest(raw), "raw": raw, "field": error.field,
            "error": error.stored()}  # fmt: skip


def _digest(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()[:32]
