"""A read to the end takes half of a day's allowance at most: what is written later that day is seen that day."""

from datetime import timedelta
from typing import ClassVar

import pytest

from repmon.discover import Found
from tests.flow import stage as stages
from tests.flow.site import Newest, many, written
from tests.flow.stage import NOW

MIDNIGHT = NOW.replace(hour=0)
OLD = MIDNIGHT - timedelta(days=3)


class Archive(Newest):
    """May be asked 60 times a day, and holds more than that pays for."""

    complete: ClassVar[bool] = False
    calls_per_day: ClassVar[int | None] = 60


@pytest.fixture
def archive(stage, board, monkeypatch):
    monkeypatch.setitem(stages.CONNECTORS, "archive", Found("archive", Archive))
    stage.now = MIDNIGHT

    def begun(reviews, lines=""):
        board.show(*many(reviews, OLD))
        return stage.source("shop", "archive", board, lines).begin()

    return begun


def codes(outcome):
    return [code for code, _values in outcome.notes]


def test_a_first_read_that_is_too_long_leaves_room_for_the_day(archive, board):
    stage = archive(1000)
    first = stage.poll()
    assert (first.status, first.requests, codes(first)) == ("ok", 30, ["history_waits_for_allowance"])
    board.show(written("today", MIDNIGHT + timedelta(hours=5)))
    later = stage.later(hours=6).poll()
    assert (later.status, later.new) == ("ok", 1)
    assert later.requests <= 3


def test_the_history_ends_where_two_days_could_not_get_further(archive, board):
    stage = archive(1000)
    stage.poll()
    for _ in range(3):
        assert stage.later(hours=6).poll().status == "ok"
    assert codes(stage.later(hours=6).poll()) == ["history_cut_by_allowance"]
    assert stage.later(minutes=30).poll().requests <= 2


def test_a_first_read_that_the_half_pays_is_finished_at_once(archive, board):
    stage = archive(200)
    assert (stage.poll().status, len(stage.names())) == ("ok", 200)
    assert stage.later(hours=1).poll().requests <= 3


def test_more_news_than_two_pages_are_read_while_the_history_waits(archive, board):
    stage = archive(1000)
    stage.poll()
    board.show(*many(45, MIDNIGHT + timedelta(hours=5), prefix="n", step=timedelta(minutes=1)))
    assert stage.later(hours=6).poll().new == 45


def test_one_long_listing_leaves_something_for_the_others(archive, board):
    stage = archive(1000, 'boards = ["a", "b", "c"]')
    outcome = stage.poll()
    assert outcome.status == "ok"
    assert outcome.requests <= 30 + 2 + 2


def test_a_weekly_sweep_waits_for_a_morning_and_does_not_hold_up_the_polls(archive, board):
    stage = archive(250)
    stage.later(hours=12).poll()
    stage.later(days=7, hours=-3)
    for _ in range(16):
        stage.later(minutes=10).poll()
    board.show(written("noon", stage.now))
    noon = stage.later(hours=1).poll()
    assert (noon.status, noon.new) == ("ok", 1)
    assert noon.requests <= 3
    assert stage.later(hours=12).poll().requests >= 25


def test_nothing_is_lost_where_news_hid_behind_an_unfinished_history(archive, board):
    stage = archive(250)
    stage.poll()
    for day in range(4):
        board.show(*many(30, stage.now, prefix=f"d{day}-", step=timedelta(minutes=1)))
        for _ in range(6):
            stage.later(hours=4).poll()
    assert len(stage.names()) == 250 + 120
