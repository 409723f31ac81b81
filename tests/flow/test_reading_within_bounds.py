"""How far back a listing is read: a configured history, and a site's daily allowance."""

from datetime import timedelta

import pytest

from tests.flow.site import many, written
from tests.flow.stage import NOW

OLD = NOW - timedelta(days=3)


@pytest.mark.parametrize("kind", ["changed", "newest", "anyhow"])
def test_history_bounds_the_first_read(stage, board, kind):
    board.show(*many(60, NOW - timedelta(days=1), step=timedelta(days=30)))
    outcome = stage.source("shop", kind, board, 'history = "2y"').begin().poll()
    assert (outcome.status, outcome.new) == ("ok", 25)
    assert stage.begin().later(minutes=15).poll().new == 0


def test_a_bounded_history_is_swept_weekly_and_not_at_every_poll_after_a_week(stage, board):
    board.show(*many(100, NOW - timedelta(days=1), step=timedelta(days=10)))
    stage.source("shop", "changed", board, 'history = "1y"').begin().poll()
    assert stage.later(days=8).poll().requests > 2
    assert stage.later(minutes=15).poll().requests == 2


def test_an_old_review_edited_now_is_within_any_history(stage, board):
    board.show(*many(40, NOW - timedelta(days=1000)))
    stage.source("shop", "changed", board, 'history = "1y"').begin().poll()
    assert stage.names() == set()
    board.show({**board.reviews.pop(), "edited": NOW.isoformat()})
    assert stage.later(minutes=15).poll().new == 1


def test_old_reviews_edited_lately_do_not_end_a_first_read(stage, board):
    edited = [each | {"edited": NOW.isoformat()} for each in many(25, NOW - timedelta(days=1000), prefix="e")]
    board.show(*edited, *many(10, OLD))
    assert stage.source("shop", "changed", board, 'history = "1y"').begin().poll().new == 35


def test_a_first_read_that_the_daily_allowance_cuts_twice_at_the_same_depth_is_finished(stage, board):
    board.show(*many(100, OLD, step=timedelta(days=1)))
    stage.source("shop", "rationed", board).begin()
    assert (stage.poll().status, len(stage.names())) == ("busy", 30)
    for _ in range(3):
        assert stage.later(hours=1).poll().status == "busy"
    assert board.asked() == 3
    outcome = stage.later(days=1).poll()
    assert (outcome.status, [code for code, _ in outcome.notes]) == ("ok", ["history_cut_by_allowance"])
    board.show(written("new", NOW))
    assert stage.later(days=1).poll().new == 1


def test_a_sweep_that_the_allowance_cannot_pay_does_not_eat_it_every_day(stage, board):
    board.show(*many(100, OLD))
    stage.source("shop", "rationed", board).begin()
    for _ in range(20):
        stage.later(days=1).poll()
    board.show(written("new", NOW + timedelta(days=20)))
    statuses = [stage.later(days=1).poll().status for _ in range(7)]
    assert "new" in stage.names()
    assert statuses == ["ok"] * 7


def test_a_read_cut_late_in_the_day_is_not_taken_for_a_finished_one(stage, board):
    """With one call left, 25 new reviews are not reached; the next day's allowance brings the rest."""
    board.show(*many(100, OLD, step=timedelta(days=1)))
    stage.source("shop", "rationed", board).begin().poll()
    assert stage.later(days=1).poll().status == "ok"
    assert stage.later(days=1).poll().requests == 2
    board.show(*many(25, NOW, prefix="n", step=timedelta(seconds=1)))
    assert stage.later(hours=1).poll().status == "busy"
    assert stage.later(days=1).poll().new == 15
    assert {f"n{number}" for number in range(1, 26)} <= stage.names()
