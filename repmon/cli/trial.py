"""Asking a source for its first reviews without storing anything: does it work, and if not, why not."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from repmon.config import Source
from repmon.errors import ItemUnreadable, SourceError
from repmon.pipeline import World
from repmon.steps.normalise import normalise
from repmon.steps.reading import guarded_items, read_item
from repmon.turn.doors import Door, open_door
from repmon.wording import SENTENCES, _, count, say

ENOUGH = 3


@dataclass(frozen=True)
class Trial:
    """How one listing of a source answered; `seen` counts the reviews that could be read, `ENOUGH` at most."""

    source: str
    listing: str
    seen: int = 0
    error: str | None = None
    note: str | None = None
    mend: str | None = None

    @property
    def ok(self) -> bool:
        """Whether it could be read."""
        return self.error is None

    def lines(self) -> list[str]:
        """How it went, in a sentence; then what to do about it and what else there is to know."""
        return [line for line in (self.error or self._answer(), self.mend, self.note) if line]

    def _answer(self) -> str:
        if self.seen >= ENOUGH:
            return _("It answers; its first {n} reviews can be read.").format(n=self.seen)
        if self.seen:
            return count(self.seen, "It answers: {n} review read.", "It answers: {n} reviews read.")
        return _("It answers, and shows no reviews.")


def trials(world: World, source: Source) -> Iterator[Trial]:
    """Try each listing of a source, as its first read would; nothing where the site sends by itself."""
    if source.settings.door == "push":
        return  # nobody is asked
    for listing in source.settings.listings():
        yield _try(world, source, listing)


def _try(world: World, source: Source, listing: str) -> Trial:
    door = open_door(world, source, {}, None)
    seen = 0
    try:
        with closing(guarded_items(source.settings, door, listing)) as items:
            for item in islice(items, ENOUGH):
                review = read_item(source.settings, item)
                normalise(review, source.id, source.settings.timezone, world.clock())
                seen += 1
    except (SourceError, ItemUnreadable) as error:
        return Trial(source.id, listing, seen, str(error).strip(), _note(door), mend_of(source.connector, error.code))
    return Trial(source.id, listing, seen, note=_note(door))


def mend_of(connector: str, code: str) -> str | None:
    """How what is wrong is mended, by its code; None where there is no general answer."""
    name = f"mend_{code}"
    return say(name, {"connector": connector}) if name in SENTENCES else None


def _note(door: Door) -> str | None:
    return "; ".join(say(code, values) for code, values in door.notes) or None
