"""When nobody knows whether a reply arrived: the site is asked, and nothing is ever sent a second time."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from repmon import desk
from repmon.errors import DecisionError
from repmon.http import Client, Limits
from repmon.pipeline import post
from tests.flow.google import cut, refuses

pytestmark = pytest.mark.both_databases

ROOT = Path(__file__).resolve().parents[2]


def draft(stage, column="state"):
    return stage.one(f"SELECT {column} FROM draft WHERE id = 1")


def hurried(stage):
    """Let the client lose patience at once."""
    stage.world.client.close()
    stage.world.__dict__["client"] = Client(
        user_agent="repmon/test", clock=lambda: stage.now, allow=["127.0.0.1"], sleep=lambda _seconds: None,
        limits=Limits(deadline=0.3),
    )  # fmt: skip


@pytest.mark.parametrize("answer", [refuses(500), refuses(503), cut])
def test_a_reply_that_arrived_though_the_answer_did_not_is_found_on_the_site(approved, profile, answer):
    profile.after_put = answer
    post(approved.world)
    assert draft(approved) == "unknown"
    assert post(approved.world) == 0
    assert len(profile.puts) == 1
    approved.later(minutes=3)
    assert post(approved.world) == 1
    assert approved.rows("SELECT state, posted_by, site_state FROM draft") == [("posted", "mila", "shown")]
    assert approved.one("SELECT state FROM review") == "answered"
    assert len(profile.puts) == 1


@pytest.mark.parametrize("answer", [refuses(500), cut])
def test_a_reply_that_did_not_arrive_fails_and_only_a_person_sends_it_again(approved, profile, answer):
    profile.on_put = answer
    post(approved.world)
    assert draft(approved) == "unknown"
    for _ in range(4):
        approved.later(minutes=3)
        post(approved.world)
    assert draft(approved) == "failed"
    assert "reply_not_there" in draft(approved, "error")
    assert approved.events("reply.rejected") == 1
    assert approved.one("SELECT state FROM review") != "answered"
    assert len(profile.puts) == 1
    profile.on_put = lambda: None
    assert desk.post_reply(approved.world, 1, by="noor") == "posted"
    assert len(profile.puts) == 2


def test_an_answer_that_does_not_come_in_time_leaves_it_unknown(approved, profile):
    hurried(approved)
    profile.after_put = lambda: profile.closed.wait(5) and None
    assert desk.post_reply(approved.world, 1, by="mila") == "unknown"
    profile.closed.set()
    approved.later(minutes=3)
    post(approved.world)
    assert draft(approved) == "posted"
    assert len(profile.puts) == 1


def test_an_answer_that_is_no_reply_leaves_it_unknown(approved, profile):
    profile.after_put = lambda: (200, {"content-type": "text/html"}, b"<html>One moment</html>")
    assert desk.post_reply(approved.world, 1, by="mila") == "unknown"


def test_somebody_elses_reply_found_while_in_doubt_stays_and_ours_failed(approved, profile):
    profile.on_put = refuses(500)
    post(approved.world)
    profile.answers("a", "We called you.")
    approved.later(minutes=3)
    post(approved.world)
    assert draft(approved) == "failed"
    assert "reply_another" in draft(approved, "error")
    assert approved.rows("SELECT state, reply_text FROM review") == [("answered", "We called you.")]
    assert len(profile.puts) == 1


def test_while_the_site_does_not_answer_it_stays_unknown_and_is_asked_less_and_less(approved, profile):
    profile.after_put = profile.on_look = refuses(500)
    profile.on_look = lambda: None
    post(approved.world)
    profile.on_look = refuses(500)
    for _ in range(4):
        approved.later(minutes=3)
        post(approved.world)
    assert draft(approved) == "unknown"
    again = datetime.fromisoformat(draft(approved, "next_attempt_at")).replace(tzinfo=UTC)
    assert again - approved.now > timedelta(minutes=2)
    profile.on_look = lambda: None
    approved.later(hours=1)
    post(approved.world)
    assert draft(approved) == "posted"
    assert len(profile.puts) == 1


def test_too_early_not_there_proves_nothing(approved, profile):
    profile.on_put = refuses(500)
    post(approved.world)
    approved.later(seconds=90)
    assert post(approved.world) == 0
    assert draft(approved) == "unknown"


def test_no_other_draft_goes_out_while_one_is_in_doubt(approved, profile):
    profile.on_put = refuses(500)
    post(approved.world)
    approved.later(seconds=30)
    profile.add("a", "And the toilets were dirty.", at=approved.now)
    approved.poll()
    desk.approve_draft(approved.world, 2, by="mila")
    with pytest.raises(DecisionError, match="may be on the site already"):
        desk.post_reply(approved.world, 2, by="mila")
    assert len(profile.puts) == 1


def test_a_poll_that_shows_the_reply_settles_it_too(approved, profile):
    profile.after_put = refuses(500)
    post(approved.world)
    approved.poll()
    assert draft(approved) == "posted"
    assert approved.events("reply.posted") == 1


def test_a_person_who_looked_may_settle_it(approved, profile):
    profile.after_put = refuses(500)
    post(approved.world)
    desk.mark_posted(approved.world, 1, by="noor")
    assert approved.rows("SELECT state, posted_by FROM draft") == [("posted", "noor")]


KILLED = """
import os, sys
from pathlib import Path
from datetime import datetime
from repmon import desk, discover
from repmon.config import load
from repmon.pipeline import World
from repmon.store.database import Database
import repmon_connectors.google_business_profile as google
given = load(Path(sys.argv[1]), environ={})
world = World(given, Database(given.storage_url()), clock=lambda: datetime.fromisoformat(sys.argv[2]))
world.enter()
sent = google.GoogleBusinessProfile.post_reply
def post_reply(self, http, key, text):
    if sys.argv[3] == "after":
        sent(self, http, key, text)
    os._exit(9)
google.GoogleBusinessProfile.post_reply = post_reply
desk.post_reply(world, 1, by="mila")
"""


@pytest.mark.parametrize(("when", "state", "puts"), [("after", "posted", 1), ("before", "failed", 0)])
def test_a_process_killed_between_intent_and_record_leaves_it_to_the_site_to_say(approved, profile, when, state, puts):
    command = [sys.executable, "-c", KILLED, str(approved.folder / "config.toml"), approved.now.isoformat(), when]
    environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'connectors'}", "PATH": ""}
    killed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert killed.returncode == 9, killed.stderr
    assert draft(approved) == "posting"
    assert len(profile.puts) == puts
    assert post(approved.world) == 0
    approved.later(minutes=3)
    assert post(approved.world) == 1
    assert draft(approved) == state
    assert len(profile.puts) == puts
