"""What the next polls say about a reply: it shows, it was turned down, it is another's, or it is gone again."""

import json
from datetime import timedelta

import pytest

from repmon import desk
from repmon.errors import DecisionError, SourceRefused
from repmon.pipeline import post
from repmon.steps.messages.message import render
from repmon.store.tables import EventRow
from repmon.turn.facts import facts_of
from tests.flow.google import POST, refuses
from tests.flow.stage import NOW

pytestmark = pytest.mark.both_databases


def draft(stage, *columns):
    return stage.rows(f"SELECT {', '.join(columns)} FROM draft WHERE id = 1")[0]


def told(stage, kind):
    """The message that the one event of a kind gives."""
    with stage.world.database.read() as session:
        number = stage.one("SELECT id FROM event WHERE kind = ?", kind)
        facts = facts_of(stage.world, session, session.get_one(EventRow, number))
    message = render(facts, now=stage.now, desk_url=None, limit=4000)
    return f"{message.title}\n{message.body}"


def test_a_posted_reply_is_confirmed_by_the_next_poll_and_said_once(approved):
    post(approved.world)
    assert draft(approved, "state", "site_state") == ("posted", None)
    for _ in range(3):
        approved.later(minutes=15).poll()
    assert draft(approved, "state", "site_state") == ("posted", "shown")
    assert approved.events("reply.posted") == 1
    assert "now shown" in told(approved, "reply.posted")
    assert "not sent" not in told(approved, "reply.posted")


def test_a_posted_reply_is_looked_for_without_a_poll(approved, profile):
    post(approved.world)
    approved.later(minutes=11)
    assert post(approved.world) == 1
    assert draft(approved, "site_state", "next_attempt_at") == ("shown", None)
    assert draft(approved, "asked_at")[0] is not None


def test_a_reply_marked_by_hand_is_confirmed_as_well(approved, profile):
    desk.mark_posted(approved.world, 1, by="noor")
    profile.answers("a", draft(approved, "text")[0])
    approved.later(minutes=15).poll()
    assert draft(approved, "state", "posted_by", "site_state") == ("posted", "noor", "shown")
    assert approved.events("reply.posted") == 1


def test_approved_words_that_show_on_the_site_count_as_posted_though_nobody_marked_them(approved, profile):
    profile.answers("a", draft(approved, "text")[0])
    approved.later(minutes=15).poll()
    assert draft(approved, "state", "posted_by") == ("posted", "mila")


def test_a_reply_that_the_site_checks_first_is_followed_until_it_shows(approved, profile):
    profile.moderation = "PENDING"
    post(approved.world)
    assert draft(approved, "state", "site_state") == ("posted", "waiting")
    approved.later(minutes=15).poll()
    assert approved.events("reply.posted") == 0
    profile.answers("a", profile.puts[0][1], "APPROVED")
    approved.later(hours=1)
    post(approved.world)
    assert draft(approved, "state", "site_state") == ("posted", "shown")
    assert approved.events("reply.posted") == 1


@pytest.mark.parametrize("by_poll", [True, False])
def test_a_reply_turned_down_after_a_while_fails_with_the_sites_reason_and_opens_the_review(
    approved, profile, by_poll
):  # fmt: skip
    profile.moderation, profile.violation = "PENDING", "SOLICITATION"
    post(approved.world)
    profile.answers("a", profile.puts[0][1], "REJECTED")
    for _ in range(2):
        approved.later(minutes=15)
        if by_poll:
            approved.poll()
        else:
            post(approved.world)
    assert draft(approved, "state", "site_state") == ("failed", "rejected")
    assert "SOLICITATION" in draft(approved, "error")[0]
    assert approved.rows("SELECT state, answered_at, answered_version FROM review") == [("open", None, None)]
    assert approved.events("reply.rejected") == 1
    assert "SOLICITATION" in told(approved, "reply.rejected")


def test_a_reply_turned_down_at_once_fails_at_once(approved, profile):
    profile.moderation = "REJECTED"
    assert desk.post_reply(approved.world, 1, by="mila") == "failed"
    assert approved.events("reply.rejected") == 1
    assert "gave no reason" in told(approved, "reply.rejected")


def test_the_words_turned_down_are_changed_approved_and_posted(approved, profile):
    profile.moderation = "REJECTED"
    desk.post_reply(approved.world, 1, by="mila")
    profile.moderation = "APPROVED"
    approved.later(minutes=15).poll()
    new = desk.edit_draft(approved.world, 1, "We are sorry about the cold soup and our rude waiter.", by="mila")
    desk.approve_draft(approved.world, new, by="mila")
    assert desk.post_reply(approved.world, new, by="mila") == "posted"


@pytest.mark.parametrize("approve", [True, False])
def test_a_reply_written_on_the_site_closes_the_draft_and_says_why(drafted, profile, approve):
    if approve:
        desk.approve_draft(drafted.world, 1, by="mila")
    profile.answers("a", "We called you, sorry again.")
    drafted.later(minutes=15).poll()
    assert draft(drafted, "state", "outdated") == ("outdated", 0)
    assert drafted.rows("SELECT state, reply_text FROM review") == [("answered", "We called you, sorry again.")]
    with pytest.raises(DecisionError, match="somebody answered the review on the site itself"):
        desk.approve_draft(drafted.world, 1, by="mila")


def test_a_posted_reply_that_somebody_changed_on_the_site_is_marked(approved, profile):
    post(approved.world)
    profile.answers("a", "Something else altogether.")
    approved.later(minutes=15).poll()
    assert draft(approved, "state", "site_state") == ("posted", "differs")
    assert approved.events("reply.posted") == 0


def test_a_review_edited_after_the_reply_is_told_once_for_the_reply(approved, profile):
    post(approved.world)
    words = profile.puts[0][1]
    for number in (1, 2):
        approved.later(hours=1)
        profile.add("a", f"Another thought, number {number}.", at=approved.now)
        profile.answers("a", words)
        approved.poll()
    assert draft(approved, "state", "outdated") == ("posted", 1)
    assert approved.events("review.edited") == 2
    assert approved.events("reply.outdated") == 1


def test_a_reply_turned_down_before_we_ever_saw_the_review_is_no_answer(stage, profile):
    profile.add("old", "Cold soup.", at=NOW - timedelta(days=3))
    profile.answers("old", "We are sorry.", "REJECTED")
    stage.sources.append(profile.source("gbp"))
    stage.begin().poll()
    assert stage.rows("SELECT state, answered_at FROM review") == [("open", None)]


def test_a_competitors_review_is_never_answered(stage, profile):
    stage.more = POST
    stage.sources.append(profile.source("gbp") + 'role = "competitor"\n')
    stage.begin()
    assert not desk.can_post(stage.world, "gbp")


def test_events_about_replies_hold_no_words(approved, profile):
    profile.moderation, profile.violation = "REJECTED", "SPAM"
    post(approved.world)
    values = json.loads(approved.one("SELECT \"values\" FROM event WHERE kind = 'reply.rejected'"))
    assert values["reason"] == "SPAM"
    assert "soup" not in str(values)


def test_a_refused_question_leaves_everything_as_it_was(approved, profile):
    profile.on_look = refuses(403)
    with pytest.raises(SourceRefused):
        desk.post_reply(approved.world, 1, by="mila")
    assert draft(approved, "state") == ("approved",)
