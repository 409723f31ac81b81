"""Taking a reply of ours down from the site again."""

import pytest

from repmon import desk
from repmon.errors import DecisionError
from repmon.pipeline import post
from tests.flow.google import refuses


def draft(stage, *columns):
    return stage.rows(f"SELECT {', '.join(columns)} FROM draft WHERE id = 1")[0]


def test_a_reply_is_taken_down_and_the_review_is_open_again(approved, profile):
    post(approved.world)
    desk.delete_reply(approved.world, 1, by="noor")
    assert profile.deleted == ["a"]
    assert draft(approved, "state", "site_state") == ("posted", "deleted")
    assert approved.rows("SELECT state, reply_text FROM review") == [("open", None)]
    acts = [row[0] for row in approved.rows("SELECT action FROM audit ORDER BY id")]
    assert acts[-2:] == ["reply.deleting", "reply.deleted"]
    with pytest.raises(DecisionError, match="no reply of ours"):
        desk.delete_reply(approved.world, 1, by="noor")


def test_somebody_elses_reply_is_not_taken_down(approved, profile):
    post(approved.world)
    profile.answers("a", "Something else altogether.")
    with pytest.raises(DecisionError, match="not the one that was posted"):
        desk.delete_reply(approved.world, 1, by="noor")
    assert profile.deleted == []


def test_a_deletion_of_which_nobody_knows_is_settled_by_asking(approved, profile):
    post(approved.world)
    profile.after_put = refuses(500)
    with pytest.raises(Exception, match="500"):
        desk.delete_reply(approved.world, 1, by="noor")
    assert draft(approved, "site_state") == ("deleting",)
    approved.later(minutes=3)
    post(approved.world)
    assert draft(approved, "site_state") == ("deleted",)
    assert len(profile.deleted) == 1
