"""A site that says no, or not now: what may be sent again by itself, and what may not."""

import pytest

from repmon import desk
from repmon.pipeline import post
from tests.flow.google import refuses


def draft(stage, column="state"):
    return stage.one(f"SELECT {column} FROM draft WHERE id = 1")


def test_a_site_that_refuses_is_a_failure_with_its_reason_told_once(approved, profile):
    profile.on_put = refuses(403, "The location is not verified.")
    assert desk.post_reply(approved.world, 1, by="mila") == "failed"
    assert "not verified" in draft(approved, "error")
    assert approved.events("reply.rejected") == 1
    assert "not verified" in approved.one("SELECT \"values\" FROM event WHERE kind = 'reply.rejected'")
    approved.later(hours=5)
    assert post(approved.world) == 0
    assert len(profile.puts) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 409])
def test_no_other_refusal_is_sent_again_by_itself(approved, profile, status):
    profile.on_put = refuses(status)
    assert desk.post_reply(approved.world, 1, by="mila") == "failed"
    sent = len(profile.puts)
    assert sent == (2 if status == 401 else 1)  # a token that ran out is renewed, and what it was for is sent then
    approved.later(days=1)
    post(approved.world)
    assert len(profile.puts) == sent


def test_a_reply_that_certainly_did_not_arrive_is_sent_when_the_site_has_time(approved, profile):
    profile.on_put = lambda: (429, {"retry-after": "3600"}, b"")
    assert desk.post_reply(approved.world, 1, by="mila") == "approved"
    assert approved.rows("SELECT intent_at, claimed_by FROM draft") == [(None, None)]
    profile.on_put = lambda: None
    approved.later(minutes=30)
    assert post(approved.world) == 0
    approved.later(minutes=31)
    assert post(approved.world) == 1
    assert draft(approved) == "posted"
    assert len(profile.puts) == 2
