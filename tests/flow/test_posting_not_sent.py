"""An approved reply that repmon itself stops at posting time: the owner hears that it is not on the site, and why."""

from datetime import timedelta

import pytest

from repmon import desk
from repmon.pipeline import deliver_all, post
from repmon.steps.lint.finding import finding
from tests.flow.google import refuses

pytestmark = pytest.mark.both_databases


@pytest.fixture
def told(drafted, sink):
    """One approved reply, number 1, and an owner who hears of everything."""
    drafted.channel("owner", f"json://127.0.0.1:{sink.port}/a").begin()
    drafted.turn()
    desk.approve_draft(drafted.world, 1, by="mila")
    sink.messages.clear()
    return drafted


def test_the_owner_hears_once_that_the_check_stopped_an_approved_reply(told, profile, sink, monkeypatch):
    monkeypatch.setattr("repmon.turn.postable.check", lambda *_: (finding("blame", 0, 3, words="you"),))
    for _ in range(3):
        post(told.world)
        deliver_all(told.world)
        told.later(minutes=30)
    assert profile.puts == []
    assert told.events("reply.rejected") == 1
    [message] = sink.messages
    assert message.startswith("Reply not posted at Kettle and Crumb")
    assert "repmon did not post the approved reply: the check stops draft 1 now" in message
    assert "repmon show 1" in message


def test_it_says_when_the_words_are_not_those_that_were_approved(told, sink):
    with told.world.database.write() as session:
        session.connection().exec_driver_sql("UPDATE draft SET text = text || '!'")
    post(told.world)
    deliver_all(told.world)
    assert "the words of draft 1 are not those that were approved" in sink.messages[-1]


def test_what_the_check_found_is_not_kept_with_the_event(told, monkeypatch):
    monkeypatch.setattr("repmon.turn.postable.check", lambda *_: (finding("blame", 0, 3, words="you"),))
    post(told.world)
    assert "blame" not in told.one("SELECT \"values\" FROM event WHERE kind = 'reply.rejected'")
    assert "blame" in told.one("SELECT error FROM draft WHERE id = 1")


def test_a_review_that_vanished_is_said_to_be_the_reason(told, profile, sink):
    with told.world.database.write() as session:
        session.connection().exec_driver_sql("UPDATE review SET removed_at = '2026-03-02 13:00:00'")
    post(told.world)
    deliver_all(told.world)
    assert "the review that draft 1 answers is no longer on the site" in sink.messages[-1]
    assert profile.puts == []


def test_a_reply_that_only_waits_for_another_is_not_set_aside(approved, profile):
    profile.on_put = refuses(500)
    post(approved.world)
    approved.later(seconds=30)
    profile.add("a", "And the toilets were dirty.", at=approved.now)
    approved.poll()
    desk.approve_draft(approved.world, 2, by="mila")
    profile.on_put = lambda: None
    post(approved.world)
    assert approved.one("SELECT state FROM draft WHERE id = 2") == "approved"
    assert approved.events("reply.rejected") == 0
    approved.later(minutes=5)
    post(approved.world)
    approved.now += timedelta(minutes=15)
    post(approved.world)
    assert approved.one("SELECT state FROM draft WHERE id = 2") == "posted"
    assert len(profile.puts) == 2


def test_a_reply_the_site_does_not_show_is_said_not_to_be_posted(told, profile, sink):
    profile.on_put = refuses(500)
    post(told.world)
    told.later(minutes=3)
    post(told.world)
    deliver_all(told.world)
    message = sink.messages[-1]
    assert message.startswith("Reply not posted at Kettle and Crumb")
    assert "The site was asked and does not show the reply" in message
    assert "did not take" not in message


def test_a_reply_of_which_nobody_knows_for_a_day_is_said_to_be_in_doubt_once(told, profile, sink):
    profile.after_put = refuses(500)
    post(told.world)
    profile.on_look = refuses(500)
    for _ in range(5):
        told.later(hours=10)
        post(told.world)
        deliver_all(told.world)
    assert told.one("SELECT state FROM draft WHERE id = 1") == "unknown"
    [message] = [each for each in sink.messages if each.startswith("Reply in doubt at Kettle and Crumb")]
    assert "Nobody knows whether the approved reply is on the site" in message
    assert "repmon post 1 --done" in message
    assert told.events("reply.rejected") == 1
    profile.on_look = lambda: None
    told.later(days=2)
    post(told.world)
    assert told.one("SELECT state FROM draft WHERE id = 1") == "posted"


def test_that_a_reply_in_doubt_is_not_there_after_all_is_said_too(told, profile, sink):
    profile.on_put = refuses(500)
    post(told.world)
    profile.on_look = refuses(500)
    for _ in range(3):
        told.later(hours=10)
        post(told.world)
    profile.on_look = lambda: None
    told.later(days=2)
    post(told.world)
    deliver_all(told.world)
    assert told.one("SELECT state FROM draft WHERE id = 1") == "failed"
    titles = [each.splitlines()[0] for each in sink.messages]
    assert "Reply not posted at Kettle and Crumb" in titles
