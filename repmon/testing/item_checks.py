"""What one item promises: a bad one costs itself and no other, and nothing that is missing is made up."""
# ruff: noqa: D102, S101, PT017 - these are tests: their names are their sentences

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from repmon.connector import Item, SiteReview
from repmon.errors import ItemUnreadable
from repmon.steps.reading import read_item
from repmon.testing.bench import Bench

ENOUGH = 5
_MISSING = object()
_INSTEAD: tuple[Any, ...] = (_MISSING, None, "", [], {}, "surprise", 0, 11, "0", "11", 1e400)
_DAMAGED: tuple[Any, ...] = ({"surprise": True}, None, 7, [])
_NAMELESS = {"none", "null", "nan", "true", "false"}
Path = tuple[Any, ...]


class ItemChecks(Bench):
    """Questions about items that are not as they were recorded."""

    def test_a_bad_item_costs_one_item(self) -> None:
        whole = self.read()
        pages = [self.broken] if self.broken is not None else list(self._damaged_pages(whole.items))
        if not pages:
            pytest.skip("give a page with one damaged item as `broken`")
        expected = {review.id for review in whole.reviews}
        for page in pages:
            outcome = self.read(self.door([page, *self.replies[1:]]))
            assert outcome.error is None or outcome.items, f"one bad item ended the read: {outcome.error}"
            lost = expected - {review.id for review in outcome.reviews}
            assert len(lost) <= 1, f"one bad item cost {len(lost)} reviews"
            assert self.broken is not None or outcome.unreadable, "a bad item was dropped without a trace"

    def _damaged_pages(self, items: list[Item]) -> Iterator[Any]:
        """Give the first page with its first item replaced, where the page is JSON and holds its items in a list."""
        page = _json(self._bytes(self.replies[0]))
        for path, value in _places(page):
            if isinstance(value, list) and items and items[0] in value:
                yield from (_with(page, (*path, value.index(items[0])), damage) for damage in _DAMAGED)

    def test_an_item_is_a_review_or_names_its_field(self) -> None:
        """Whatever is missing, null or odd in an item, it is read or set aside; no other error escapes."""
        for _review, _path, _instead, changed in self._changed():
            try:
                read_item(self.made(), changed)
            except ItemUnreadable as error:
                assert error.field, "an unreadable item without the name of its field"

    def test_no_rating_is_made_up(self) -> None:
        for review, path, instead, changed in self._changed():
            read = self._read(changed)
            allowed = (None, review.rating, _number(instead))
            assert read is None or read.rating in allowed, f"{_said(path, instead)} gave the rating {read.rating}"

    def test_no_id_is_made_up(self) -> None:
        for _review, path, instead, changed in self._changed():
            read = self._read(changed)
            made_up = read is not None and read.id.casefold() in _NAMELESS
            assert not made_up, f"{_said(path, instead)} gave the id {read and read.id!r}"

    def test_an_id_may_be_a_number(self) -> None:
        for item, review in self._recorded():
            for path, value in _places(item):
                if value == review.id and path:
                    read = self._read(_with(item, path, 12345))
                    known = read is None or read.id in {"12345", review.id}
                    assert known, f"the number 12345 as {path[-1]} gave the id {read and read.id!r}"

    def _recorded(self) -> list[tuple[Item, SiteReview]]:
        outcome = self.read()
        return list(zip(outcome.items, outcome.reviews, strict=False))[:ENOUGH]

    def _changed(self) -> Iterator[tuple[SiteReview, Path, Any, Item]]:
        for item, review in self._recorded():
            for path, _value in _places(item):
                for instead in _INSTEAD:
                    if path:
                        yield review, path, instead, _with(item, path, instead)

    def _read(self, item: Item) -> SiteReview | None:
        try:
            return read_item(self.made(), item)
        except ItemUnreadable:
            return None


def _json(page: bytes) -> Any:
    try:
        return json.loads(page)
    except ValueError:
        return None


def _places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every place in a JSON value, with what stands there."""
    yield path, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield from _places(part, (*path, key))


def _with(value: Any, path: Path, instead: Any) -> Any:
    """Copy the value with something else at that place, or nothing."""
    copied = copy.deepcopy(value)
    holder = copied
    for key in path[:-1]:
        holder = holder[key]
    if instead is _MISSING:
        del holder[path[-1]]
    else:
        holder[path[-1]] = instead
    return copied


def _number(value: Any) -> float | None:
    """Say what a rating may be when this stands in its place."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _said(path: Path, instead: Any) -> str:
    return f"{'.'.join(map(str, path))} {'missing' if instead is _MISSING else f'= {instead!r}'}"
