"""How far a listing is read: never past what is news, never short of it, and without a gap after a failure."""

from datetime import timedelta

import pytest

from tests.flow.site import many, written
from tests.flow.stage import NOW

OLD = NOW - timedelta(days=3)
ILL = (500, {}, b"")
RENAMED = (200, {}, b'{"items": []}')


@pytest.mark.parametrize(("kind", "requests"), [("changed", 2), ("newest", 2), ("anyhow", 10)])
def test_a_read_stops_after_twenty_known_reviews_unless_the_site_has_no_order(stage, board, kind, requests):
    board.show(*many(100, OLD))
    stage.source("shop", kind, board).begin().poll()
    assert stage.later(minutes=15).poll().requests == requests


def test_a_new_review_below_nineteen_known_ones_is_found(stage, board):
    board.show(*many(100, OLD))
    stage.source("shop", "changed", board).begin().poll()
    board.reviews.insert(19, written("late", OLD))
    assert stage.later(minutes=15).poll().new == 1
    assert "late" in stage.names()


@pytest.mark.parametrize("fault", [ILL, RENAMED])
def test_a_first_read_that_breaks_is_taken_up_without_a_gap(stage, board, fault):
    board.show(*many(60, OLD))
    board.faults[3] = fault
    stage.source("shop", "changed", board).begin()
    assert stage.poll().new == 20
    board.faults.clear()
    assert stage.begin().later(minutes=15).poll().new == 40
    assert len(stage.names()) == 60
    assert stage.events() == 0


def test_a_later_read_that_breaks_below_news_is_taken_up_without_a_gap(stage, board):
    board.show(*many(60, OLD))
    stage.source("shop", "changed", board).begin().poll()
    board.show(*many(35, NOW, prefix="n", step=timedelta(seconds=1)))
    board.faults[3] = ILL
    assert stage.later(minutes=15).poll().new == 20
    board.faults.clear()
    assert stage.begin().later(minutes=15).poll().new == 15
    assert len(stage.names()) == 95
    assert stage.events() == 35


def test_a_shift_of_pages_while_reading_loses_nothing(stage, board):
    """A review arrives while we page: everything moves down by one, the last of page 1 is seen again on page 2."""
    board.show(*many(45, OLD))
    board.on_page = lambda page: (
        board.show(written("meanwhile", NOW)) if page == 2 and len(board.reviews) == 45 else None
    )
    stage.source("shop", "changed", board).begin().poll()
    board.on_page = lambda _page: None
    stage.later(minutes=15).poll()
    assert len(stage.names()) == 46


def test_a_removal_while_reading_loses_nothing_for_long(stage, board):
    """A review vanishes while we page: everything moves up, the first of page 2 slips by and is found by the sweep."""
    board.show(*many(45, OLD))
    board.on_page = lambda page: board.take_down("r45") if page == 2 else None
    stage.source("shop", "changed", board).begin().poll()
    board.on_page = lambda _page: None
    assert "r35" not in stage.names()
    stage.later(days=7, minutes=1).poll()
    assert "r35" in stage.names()


def test_two_reviews_of_the_same_second_across_a_page_boundary_are_both_stored(stage, board):
    board.show(*many(30, OLD, step=timedelta(0)))
    stage.source("shop", "newest", board).begin().poll()
    board.show(*many(20, NOW, prefix="n", step=timedelta(0)))
    assert stage.later(minutes=15).poll().new == 20


def test_the_same_id_twice_is_one_review(stage, board):
    board.show(written("a", OLD), written("b", OLD), written("a", OLD))
    stage.source("shop", "anyhow", board).begin()
    assert stage.poll().new == 2
    assert stage.later(minutes=15).poll().edited == 0


@pytest.mark.parametrize("size", [1, 5, 10, 60])
def test_a_page_that_repeats_for_ever_is_a_site_that_has_changed(stage, board, size):
    board.page = size
    board.show(*many(size, OLD))
    board.endless = True
    outcome = stage.source("shop", "changed", board).begin().poll()
    assert outcome.status == "changed"
    assert board.asked() < 200


def test_an_empty_list_where_reviews_were_is_a_change_and_removes_nothing(stage, board):
    board.show(*many(3, OLD))
    stage.source("shop", "changed", board).begin().poll()
    board.reviews.clear()
    for _ in range(4):
        assert stage.later(days=8).poll(named=True).status == "changed"
    assert stage.one("SELECT count(*) FROM review WHERE removed_at IS NOT NULL OR missed_sweeps > 0") == 0


def test_an_empty_list_after_a_broken_first_read_is_a_change_too(stage, board):
    board.show(*many(30, OLD))
    board.faults[2] = ILL
    stage.source("shop", "changed", board).begin().poll()
    board.faults.clear()
    board.reviews.clear()
    assert stage.later(minutes=15).poll().status == "changed"


def test_nothing_changed_costs_one_request_and_is_no_failure(stage, board):
    board.show(*many(100, OLD))
    board.etag = '"one"'
    stage.source("shop", "changed", board).begin().poll()
    board.asked()
    outcome = stage.begin().later(minutes=15).poll()
    assert (outcome.status, outcome.new, board.asked()) == ("ok", 0, 1)
    board.etag = '"two"'
    board.show(written("new", NOW))
    assert stage.later(minutes=15).poll().new == 1


def test_validators_are_not_sent_while_a_read_is_unfinished(stage, board):
    board.show(*many(30, OLD))
    board.etag = '"one"'
    board.faults[2] = ILL
    stage.source("shop", "changed", board).begin().poll()
    board.faults.clear()
    assert stage.later(minutes=15).poll().new == 20


def test_reviews_of_the_last_fourteen_days_are_read_again_daily_where_edits_stay_in_place(stage, board):
    board.show(*many(100, NOW - timedelta(hours=1), step=timedelta(hours=6)))
    stage.source("shop", "newest", board).begin().poll()
    board.change("r50", text="Edited: all is well now.", stars=5)
    assert stage.later(minutes=15).poll().edited == 0
    assert stage.later(days=1).poll().edited == 1
    board.change("r1", text="Edited, but this one is older than that.", stars=5)
    assert stage.later(days=1).poll().edited == 0


@pytest.mark.parametrize("kind", ["changed", "newest"])
def test_a_weekly_sweep_finds_what_the_order_hid(stage, board, kind):
    board.show(*many(100, NOW - timedelta(days=30)))
    stage.source("shop", kind, board).begin().poll()
    board.change("r1", text="Edited in place, far down.")
    assert stage.later(days=6).poll().edited == 0
    assert stage.later(days=1, minutes=1).poll().edited == 1
    assert stage.later(minutes=15).poll().requests == 2


def test_a_clock_that_was_ahead_stops_no_sweep_for_ever(stage, board):
    board.show(*many(60, OLD))
    stage.now = NOW + timedelta(days=9000)
    stage.source("shop", "changed", board).begin().poll()
    stage.now = NOW
    board.change("r1", text="Edited in place, far down.")
    assert stage.poll().edited == 1


def test_one_broken_listing_does_not_hide_the_others(stage, board):
    class TwoBoards(type(board)):
        def answer(self, path, body):
            return ILL if path.startswith("/north") else super().answer(path, body)

    with TwoBoards() as site:
        site.show(*many(3, OLD))
        stage.source("shop", "changed", site, 'boards = ["north", "south"]').begin()
        outcome = stage.poll()
    assert (outcome.status, outcome.new) == ("down", 3)


def test_a_site_that_is_told_to_wait_is_not_asked_for_its_other_listings(stage, board):
    board.fault = (429, {"retry-after": "600"}, b"")
    stage.source("shop", "changed", board, 'boards = ["north", "south"]').begin()
    assert stage.poll().status == "busy"
    assert board.asked() == 1
