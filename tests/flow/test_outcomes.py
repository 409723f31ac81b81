"""What became of a review after a reply, within 90 days, without a claim that the reply did it."""

from datetime import timedelta

import pytest

from repmon import desk
from repmon.store.outcomes import outcomes
from tests.flow.site import many, written
from tests.flow.stage import NOW

pytestmark = pytest.mark.both_databases


@pytest.fixture
def answered(stage, board):
    """A review with two stars, number 6, answered by hand an hour ago."""
    board.show(*many(5, NOW - timedelta(days=3)))
    stage.source("shop", "changed", board).begin().poll()
    stage.later(hours=1)
    board.show(written("a", NOW + timedelta(minutes=5), stars=2))
    stage.poll()
    desk.approve_draft(stage.world, 1, by="mila")
    desk.mark_posted(stage.world, 1, by="mila")
    assert stage.rows("SELECT answered_rating, answered_version FROM review WHERE id = 6") == [(2.0, 1)]
    return stage.later(hours=1)


def outcome(stage):
    return stage.one("SELECT outcome FROM review WHERE id = 6")


def counts(stage, **given):
    with stage.world.database.read() as session:
        return outcomes(session, **given)


@pytest.mark.parametrize(("stars", "came"), [(4, "won_back"), (1, "lowered"), (2, None), (None, None)])
def test_more_or_fewer_stars_after_the_reply(answered, board, stars, came):
    board.change("a", stars=stars, text="On second thought.", edited=answered.now.isoformat())
    answered.poll()
    assert outcome(answered) == came
    assert (answered.one("SELECT outcome_at FROM review WHERE id = 6") is not None) == (came is not None)


@pytest.mark.parametrize(("days", "came"), [(89, "won_back"), (91, None)])
def test_only_what_happens_within_90_days_counts(answered, board, days, came):
    answered.later(days=days)
    board.change("a", stars=5, edited=answered.now.isoformat())
    answered.poll()
    assert outcome(answered) == came


def test_the_figure_at_the_end_counts_and_not_each_on_the_way(answered, board):
    for stars, came in ((5, "won_back"), (1, "lowered"), (2, None)):
        answered.later(days=1)
        board.change("a", stars=stars, edited=answered.now.isoformat())
        answered.poll()
        assert outcome(answered) == came


def test_a_review_taken_down_after_the_reply_and_back_again(answered, board):
    gone = next(review for review in board.reviews if review["id"] == "a")
    board.take_down("a")
    for _ in range(3):
        answered.later(days=7, minutes=1).poll()
    assert outcome(answered) == "removed"
    assert counts(answered)["removed"] == 1
    board.show(gone)
    answered.later(minutes=15).poll()
    assert outcome(answered) is None


def test_a_review_nobody_answered_has_no_outcome(stage, board):
    board.show(written("a", NOW - timedelta(days=3), stars=2))
    stage.source("shop", "changed", board).begin().poll()
    board.change("a", stars=5, edited=NOW.isoformat())
    stage.later(hours=1).poll()
    assert stage.one("SELECT outcome FROM review") is None


def test_counts_of_what_became_of_answered_reviews(answered, board):
    board.change("a", stars=5, edited=answered.now.isoformat())
    answered.poll()
    assert counts(answered) == {"answered": 1, "won_back": 1, "lowered": 0, "removed": 0}
    assert counts(answered, since=answered.now)["answered"] == 0
    assert counts(answered, location="elsewhere")["answered"] == 0


def test_a_reply_in_the_history_of_a_site_is_watched_too(stage, profile):
    profile.add("old", "Cold soup.", stars=1, at=NOW - timedelta(days=3))
    profile.answers("old", "We are sorry.")
    profile.reviews["old"]["reviewReply"]["updateTime"] = (NOW - timedelta(days=2)).isoformat()
    stage.sources.append(profile.source("gbp"))
    stage.begin().poll()
    stage.later(days=5)
    profile.add("old", "They made it right.", stars=4, at=stage.now)
    profile.answers("old", "We are sorry.")
    stage.poll()
    assert stage.one("SELECT outcome FROM review") == "won_back"
