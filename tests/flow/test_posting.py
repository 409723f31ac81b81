"""Posting an approved reply: only when allowed, only the approved bytes, once, and never over somebody else's."""

from datetime import timedelta

import pytest

from repmon import desk
from repmon.errors import DecisionError, SourceDown
from repmon.pipeline import post
from repmon.store import audit
from tests.flow.google import refuses
from tests.flow.stage import NOW


def draft(stage, column="state"):
    return stage.one(f"SELECT {column} FROM draft WHERE id = 1")


def test_an_approved_reply_is_posted_by_itself_byte_for_byte_and_once(approved, profile):
    words = draft(approved, "text")
    assert post(approved.world) == 1
    assert post(approved.world) == 0
    assert profile.puts == [("a", words)]
    assert approved.rows("SELECT state, posted_by, intent_at IS NOT NULL, claimed_by FROM draft") == [
        ("posted", "mila", 1, None)
    ]
    assert approved.rows("SELECT state, answered_at IS NOT NULL, answered_rating FROM review") == [("answered", 1, 1.0)]


def test_the_turn_of_repmon_posts_and_one_that_may_not_send_does_not(approved, profile):
    approved.turn(send=False)
    assert profile.puts == []
    approved.turn(send=True)
    assert len(profile.puts) == 1


def test_intent_and_outcome_stand_in_the_audit_without_the_words(approved):
    post(approved.world)
    acts = approved.rows("SELECT actor, action FROM audit ORDER BY id")
    assert acts == [("mila", "draft.approved"), ("mila", "draft.posting"), ("mila", "draft.posted")]
    assert "soup" not in str(approved.rows('SELECT "values" FROM audit'))
    with approved.world.database.read() as session:
        assert audit.verify(session) is None


def test_nothing_is_posted_unless_the_setting_is_on(approved, profile):
    approved.more = ""
    approved.begin()
    assert not desk.can_post(approved.world, "gbp")
    assert post(approved.world) == 0
    with pytest.raises(DecisionError, match="post = true"):
        desk.post_reply(approved.world, 1, by="mila")
    assert profile.puts == []


def test_what_was_approved_while_posting_was_off_waits_for_a_person_when_it_is_turned_on(approved, profile):
    approved.more = ""
    approved.begin()
    post(approved.world)
    approved.more = "[replies]\npost = true\n"
    approved.later(days=20).begin()
    assert post(approved.world) == 0
    assert profile.puts == []
    assert desk.post_reply(approved.world, 1, by="noor") == "posted"
    assert draft(approved, "posted_by") == "noor"


def test_a_source_that_cannot_post_leaves_its_drafts_to_be_copied(approved):
    approved.sources[0] = '[[sources]]\nid = "gbp"\nconnector = "file"\npath = "none.csv"\n'
    approved.begin()
    assert not desk.can_post(approved.world, "gbp")
    assert post(approved.world) == 0
    with pytest.raises(DecisionError, match="copy the words"):
        desk.post_reply(approved.world, 1, by="mila")
    desk.mark_posted(approved.world, 1, by="mila")


def test_a_pending_draft_is_not_posted(drafted, profile):
    assert post(drafted.world) == 0
    with pytest.raises(DecisionError, match="not been approved"):
        desk.post_reply(drafted.world, 1, by="mila")
    assert profile.puts == []


def test_words_changed_behind_the_approval_are_not_posted_and_the_draft_says_so(approved, profile):
    with approved.world.database.write() as session:
        session.connection().exec_driver_sql("UPDATE draft SET text = text || '!'")
    with pytest.raises(DecisionError, match="approved again"):
        desk.post_reply(approved.world, 1, by="mila")
    post(approved.world)
    assert profile.puts == []
    assert draft(approved) == "failed"
    assert "draft_not_as_approved" in draft(approved, "error")


def test_what_a_person_has_overridden_in_writing_is_overridden_when_it_is_posted_too(approved, profile):
    text = draft(approved, "text")
    blocked = f"{text}\nCall 0611 223344."
    new = desk.edit_draft(approved.world, 1, blocked, by="mila")
    desk.approve_draft(approved.world, new, by="mila", override="our new number")
    assert desk.post_reply(approved.world, new, by="mila") == "posted"
    assert profile.puts == [("a", blocked)]


def test_a_rule_that_blocks_only_since_the_approval_stops_the_reply(approved, profile, monkeypatch):
    from repmon.steps.lint.finding import finding  # noqa: PLC0415

    monkeypatch.setattr("repmon.turn.postable.check", lambda *_: (finding("blame", 0, 3, words="you"),))
    with pytest.raises(DecisionError, match="was not posted"):
        desk.post_reply(approved.world, 1, by="mila")
    assert profile.puts == []


def test_a_reply_somebody_wrote_on_the_site_meanwhile_is_never_overwritten(approved, profile):
    profile.answers("a", "We called you, sorry again.")
    assert post(approved.world) == 1
    assert profile.puts == []
    assert draft(approved) == "outdated"
    assert approved.rows("SELECT state, reply_text FROM review") == [("answered", "We called you, sorry again.")]
    with pytest.raises(DecisionError, match="somebody answered the review on the site itself"):
        desk.post_reply(approved.world, 1, by="mila")


def test_our_own_words_pasted_by_hand_meanwhile_are_confirmed_and_not_sent_again(approved, profile):
    profile.answers("a", draft(approved, "text").replace("\n\n", "\r\n\r\n") + " ")
    assert post(approved.world) == 1
    assert profile.puts == []
    assert approved.rows("SELECT state, site_state FROM draft") == [("posted", "shown")]
    assert approved.events("reply.posted") == 1


def test_a_review_edited_a_moment_ago_is_read_before_it_is_answered(approved, profile):
    approved.later(minutes=1)
    profile.add("a", "They called me and made it right.", stars=5, at=approved.now)
    assert post(approved.world) == 0
    assert profile.puts == []
    assert draft(approved) == "approved"
    approved.later(minutes=15).poll()
    post(approved.world)
    assert profile.puts == []
    assert draft(approved) == "outdated"


def test_a_review_that_is_gone_is_not_answered(approved, profile):
    del profile.reviews["a"]
    with pytest.raises(DecisionError, match="no longer on the site"):
        desk.post_reply(approved.world, 1, by="mila")
    assert profile.puts == []


def test_without_an_answer_to_the_question_before_nothing_is_sent_and_it_is_tried_later(approved, profile):
    profile.on_look = refuses(500)
    with pytest.raises(SourceDown):
        desk.post_reply(approved.world, 1, by="mila")
    assert post(approved.world) == 0
    assert (profile.puts, draft(approved)) == ([], "approved")
    profile.on_look = lambda: None
    approved.later(minutes=5)
    assert post(approved.world) == 1
    assert draft(approved) == "posted"


def test_a_newer_reply_of_ours_may_take_the_place_of_an_older_one_of_ours(approved, profile):
    post(approved.world)
    approved.later(hours=1)
    profile.add("a", "And the toilets were dirty.", at=NOW + timedelta(hours=2))
    profile.answers("a", profile.puts[0][1])
    approved.later(hours=2).poll()
    desk.reopen_review(approved.world, 1, by="mila")
    approved.process()
    desk.approve_draft(approved.world, 2, by="mila")
    assert desk.post_reply(approved.world, 2, by="mila") == "posted"
    assert [name for name, _ in profile.puts] == ["a", "a"]
