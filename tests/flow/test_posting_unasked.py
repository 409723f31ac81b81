"""Posting where the site cannot be asked about one review: only a poll, or a person, settles a doubt."""

import pytest

from repmon import desk
from repmon.errors import DecisionError
from repmon.pipeline import post
from tests.flow.site import written
from tests.flow.stage import NOW


def draft(stage, column="state"):
    return stage.one(f"SELECT {column} FROM draft WHERE id = 1")


@pytest.fixture
def spoken_to(stage, board):
    """An approved reply, number 1, for a site whose connector breaks after sending and cannot ask about one review."""
    stage.more = "[replies]\npost = true\n"
    stage.source("shop", "stumbling", board).begin().poll()
    stage.later(hours=1)
    board.show(written("b", NOW.replace(minute=30)))
    stage.poll()
    desk.approve_draft(stage.world, 1, by="mila")
    return stage


def test_where_the_site_cannot_be_asked_it_stays_unknown_until_a_poll_shows_the_reply(spoken_to, board):
    assert desk.post_reply(spoken_to.world, 1, by="mila") == "unknown"
    sent = board.asked()
    for _ in range(3):
        spoken_to.later(days=1)
        assert post(spoken_to.world) == 0
    assert (draft(spoken_to), board.asked()) == ("unknown", 0)
    spoken_to.poll()
    assert draft(spoken_to) == "unknown"  # that a poll does not show it proves nothing
    board.change("b", reply=draft(spoken_to, "text"))
    spoken_to.later(minutes=15).poll()
    assert draft(spoken_to) == "posted"
    assert sent >= 1


def test_a_reply_of_somebody_else_that_the_last_poll_showed_keeps_ours_from_going_out(spoken_to, board):
    with spoken_to.world.database.write() as session:
        session.connection().exec_driver_sql("UPDATE review SET reply_text = 'We called you.'")
    board.asked()
    with pytest.raises(DecisionError, match="somebody answered"):
        desk.post_reply(spoken_to.world, 1, by="mila")
    assert board.asked() == 0
