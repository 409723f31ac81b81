"""What reading a listing promises: lazy, in the declared order, ids that are unique and stay."""
# ruff: noqa: D102, S101 - these are tests: their names are their sentences

import copy
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from repmon.connector import SiteReview
from repmon.testing.bench import MOST_REQUESTS, Bench

_ELSEWHERE = """
import importlib, json, sys
module, name, settings, items = json.load(sys.stdin)
made = getattr(importlib.import_module(module), name).model_validate(settings)
print(json.dumps([made.review(item).id for item in items]))
"""


class ReadingChecks(Bench):
    """Questions about a read in which nothing goes wrong."""

    def test_every_recorded_item_is_read(self) -> None:
        outcome = self.read()
        assert outcome.error is None, f"reading the recorded replies ended in: {outcome.error}"
        assert not outcome.unreadable, f"items were set aside: {[str(error) for error in outcome.unreadable]}"
        assert outcome.reviews, "the recorded replies gave no review"

    def test_ids_are_unique(self) -> None:
        counted = Counter((review.place, review.id) for review in self.read().reviews)
        assert not [key for key, count in counted.items() if count > 1], "ids occur twice in one listing"

    def test_ids_are_stable(self) -> None:
        first, second = self.read(), self.read()
        ids = [[review.id for review in read.reviews] for read in (first, second)]
        assert ids[0] == ids[1], "two reads of the same pages gave different ids"
        made = self.made()
        for item in first.items:
            assert made.review(item) == made.review(item), "the same item gave two different reviews"

    def test_an_item_is_left_as_it_is(self) -> None:
        made, door = self.made(), self.door()
        for item in made.items(door, made.listings()[0]):
            before = copy.deepcopy(item)
            made.review(item)
            assert item == before, "review() changed the item it was given"

    def test_ids_survive_another_process(self) -> None:
        """`hash()` of a text differs from process to process."""
        found = self.read()
        where = self.connector.__module__, self.connector.__qualname__
        given = json.dumps([*where, self._filled(dict(self.settings)), found.items])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONHASHSEED": "7"}
        command = [sys.executable, "-c", _ELSEWHERE]
        ran = subprocess.run(  # noqa: S603 - our own interpreter, our own lines
            command, input=given, env=environment, capture_output=True, text=True, check=False
        )
        if "ModuleNotFoundError" in ran.stderr or "AttributeError: module" in ran.stderr:
            pytest.skip(f"{'.'.join(where)} cannot be imported on its own")
        assert ran.returncode == 0, ran.stderr
        assert json.loads(ran.stdout) == [review.id for review in found.reviews], "another process gives other ids"

    def test_items_can_be_stored_as_they_are(self) -> None:
        for item in self.read().items:
            assert json.loads(json.dumps(item)) == item, "an item is not what JSON can hold"

    def test_reviews_come_in_the_declared_order(self) -> None:
        if self.connector.order == "any":
            pytest.skip("no order is declared")
        times = [time for review in self.read().reviews if (time := self._placed_by(review))]
        assert times == sorted(times, reverse=True), f"not latest first by what `{self.connector.order}` promises"

    def _placed_by(self, review: SiteReview) -> datetime | None:
        moment = review.written_at
        if self.connector.order == "changed":
            moment = review.edited_at or review.written_at
        return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment

    def test_dates_have_a_zone(self) -> None:
        if self.connector.timezone is not None:
            ZoneInfo(self.connector.timezone)
            return
        for review in self.read().reviews:
            given = [review.written_at, review.edited_at, review.reply.at if review.reply else None]
            assert all(moment.tzinfo for moment in given if moment), "a time without a zone, and no `timezone` declared"

    def test_replies_are_seen_only_where_that_is_declared(self) -> None:
        answered = [review.id for review in self.read().reviews if review.reply]
        assert self.connector.sees_replies or not answered, "reviews come with a reply: declare `sees_replies = True`"

    def test_pages_are_asked_for_only_when_needed(self) -> None:
        if not self.over_http or len(self.replies) == 1:
            pytest.skip("one page")
        door = self.door()
        made = self.made()
        next(iter(made.items(door, made.listings()[0])))
        assert len(self.site.asked) == 1, "the first review is there after one request; more were made"
        assert len(set(self.read().requests_at)) > 1, "every page was asked for before the first item"

    def test_every_request_goes_through_the_client(self) -> None:
        if not self.over_http:
            pytest.skip("reads files")
        door = self.door()
        self.read(door)
        assert len(self.site.asked) == door.requests, "the site was asked by something else than the client handed in"

    def test_a_site_that_goes_round_in_circles_is_left(self) -> None:
        if not self.over_http:
            pytest.skip("reads files")
        self.read(self.door(self.replies[:1]))
        assert len(self.site.asked) < MOST_REQUESTS, "the same page was asked for again and again"
