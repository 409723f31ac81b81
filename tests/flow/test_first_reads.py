"""The first read of a listing is quiet, whatever is found; what comes after is news."""

from datetime import timedelta

import pytest

from tests.flow.site import many, written
from tests.flow.stage import NOW

OLD = NOW - timedelta(days=3)


@pytest.mark.parametrize("kind", ["changed", "newest", "anyhow"])
def test_a_first_read_of_many_old_reviews_raises_one_summary_and_no_alert(stage, board, kind):
    board.show(*many(200, OLD))
    outcome = stage.source("shop", kind, board).begin().poll()
    assert (outcome.status, outcome.new) == ("ok", 200)
    assert stage.rows("SELECT kind, count(*) FROM event GROUP BY kind") == [("source.first_read", 1)]
    stage.poll()
    assert stage.one("SELECT count(*) FROM event") == 1


def test_a_first_read_still_tells_of_what_was_written_since_the_source_was_added(stage, board):
    board.fault = (500, {}, b"")
    stage.source("shop", "changed", board).begin().poll()
    board.fault = None
    board.show(*many(30, OLD))
    board.show(written("fresh", NOW + timedelta(hours=1)))
    stage.later(hours=2).poll()
    assert stage.events() == 1
    assert stage.one("SELECT external_id FROM review JOIN event ON review_id = review.id") == "fresh"


def test_undated_reviews_are_quiet_at_first_and_news_later(stage, board):
    board.show(written("a", None), written("b", None))
    stage.source("shop", "anyhow", board).begin().poll()
    assert stage.events() == 0
    board.show(written("c", None))
    stage.later(minutes=15).poll()
    assert stage.events() == 1


def test_after_the_first_read_an_unseen_review_is_news_however_old(stage, board):
    board.show(*many(3, OLD))
    stage.source("shop", "anyhow", board).begin().poll()
    board.show(written("ancient", NOW - timedelta(days=4000)))
    stage.later(minutes=15).poll()
    assert stage.events() == 1


def test_history_gets_no_drafts_unless_asked(stage, board):
    board.show(*many(3, OLD))
    stage.source("shop", "changed", board).begin().poll()
    assert stage.one("SELECT count(*) FROM draft") == 0
    board.show(written("new", NOW))
    stage.later(minutes=15).poll()
    assert stage.one("SELECT count(*) FROM draft") == 1


def test_history_gets_drafts_where_that_is_asked_for(stage, board):
    board.show(*many(3, OLD))
    stage.source("shop", "changed", board, "drafts_for_history = true").begin().poll()
    assert stage.one("SELECT count(*) FROM draft") == 3
    assert stage.events() == 0


def test_an_old_review_that_turns_bad_gets_a_draft(stage, board):
    board.show(written("a", OLD, "Lovely cake and friendly staff.", 5))
    stage.source("shop", "changed", board).begin().poll()
    board.change("a", text="The cake was stale and the staff rude.", stars=1, edited=NOW.isoformat())
    stage.later(minutes=15).poll()
    assert stage.events("review.edited") == 1
    assert stage.one("SELECT count(*) FROM draft") == 1


def test_competitors_are_stored_without_drafts_and_alerts(stage, board, sink):
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/x").source("other", "changed", board, 'role = "competitor"')
    stage.begin().poll()
    board.show(written("a", NOW))
    stage.later(minutes=15).poll(send=True)
    assert stage.names() == {"a"}
    assert stage.one("SELECT count(*) FROM draft") == 0
    assert not sink.count("soup was cold")
