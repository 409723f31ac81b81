"""post, snooze, acknowledge, dismiss, reopen, note and assign at the command line, and what show tells of them."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.flow.google import POST, Profile, refuses


@pytest.fixture
def profile():
    with Profile() as server:
        yield server


@pytest.fixture
def posting(desk, profile):
    """One unhappy review at Google, number 1, whose draft, number 1, is approved; posting is on."""
    profile.add("a", "The soup was cold and the waiter rude.", at=datetime.now(UTC) - timedelta(hours=1))
    desk.configure(POST, profile.source("gbp") + "drafts_for_history = true\n")
    assert desk.run("poll", "--no-deliver").exit_code == 0
    assert desk.run("approve", "1", "--by", "Mila").exit_code == 0
    return desk


def test_post_posts_where_it_may(posting, profile):
    result = posting.run("post", "1", "--by", "Noor")
    assert (result.exit_code, result.stdout) == (0, "Draft 1 is posted.\n")
    assert len(profile.puts) == 1
    found = posting.json("drafts")[0]
    assert (found["state"], found["posted_by"]) == ("posted", "Noor")


def test_a_poll_posts_what_was_approved(posting, profile):
    posting.run("poll")
    assert len(profile.puts) == 1


def test_what_the_site_refuses_is_said_with_its_reason(posting, profile):
    profile.on_put = refuses(403, "The location is not verified.")
    result = posting.run("post", "1")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "not verified" in result.stderr
    assert "not verified" in posting.json("drafts")[0]["error"]
    assert "not verified" in posting.run("show", "1").stdout


def test_the_words_can_be_copied_all_the_same(posting, profile):
    text = posting.json("drafts")[0]["text"]
    assert posting.run("post", "1", "--copy").stdout == text + "\n"
    assert profile.puts == []
    assert posting.run("post", "1", "--copy", "--done").exit_code == 2


def test_a_posted_reply_is_taken_down(posting, profile):
    posting.run("post", "1")
    assert posting.run("post", "1", "--delete").exit_code == 0
    assert profile.deleted == ["a"]
    assert posting.json("drafts")[0]["on_site"] == "deleted"
    assert posting.run("post", "77", "--delete").exit_code == 1


def test_show_tells_notes_hands_and_rest(polled):
    polled.run("note", "1", "Called her on Monday.", "--by", "Mila")
    polled.run("assign", "1", "Noor", "--for", "2d")
    polled.run("acknowledge", "1", "--by", "Noor")
    assert "rests until" in polled.run("snooze", "1", "--for", "4h").stdout
    told = polled.run("show", "1").stdout
    for words in ("Called her on Monday.", "Noor · until", "Seen by", "Rests"):
        assert words in told
    found = polled.json("show", "1")
    assert (found["assigned_to"], found["notes"][0]["text"]) == ("Noor", "Called her on Monday.")
    assert found["snoozed_until"]
    polled.run("snooze", "1", "--off")
    polled.run("assign", "1", "--nobody")
    found = polled.json("show", "1")
    assert (found["assigned_to"], found["snoozed_until"]) == (None, None)


def test_dismiss_and_reopen(polled):
    assert polled.run("dismiss", "1").exit_code == 2
    assert polled.run("dismiss", "1", "--reason", "meant for next door").exit_code == 0
    assert "meant for next door" in polled.run("show", "1").stdout
    states = {row["id"]: row["state"] for row in polled.json("reviews")}
    assert states[1] == "dismissed"
    assert polled.run("reopen", "1").exit_code == 0
    assert {row["id"]: row["state"] for row in polled.json("reviews")}[1] == "open"


@pytest.mark.parametrize(
    "command",
    [
        ("snooze", "1"), ("snooze", "1", "--for", "soon"), ("assign", "1"), ("assign", "1", "Noor", "--nobody"),
        ("snooze", "1", "--for", "4h", "--until", "2030-01-01"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_wrong_usage(polled, command):
    assert polled.run(*command).exit_code == 2


def test_a_review_that_is_not_there_is_said(polled):
    for command in (("acknowledge", "77"), ("dismiss", "77", "--reason", "x"), ("reopen", "77"), ("note", "77", "x")):
        result = polled.run(*command)
        assert result.exit_code == 1
        assert "no review 77" in result.stderr


def test_the_check_and_the_outcome_are_shown(posting, profile):
    (posting.folder / "reply.txt").write_text("You should have told us. Sorry about the cold soup.", encoding="utf-8")
    posting.run("edit", "1", "--file", str(posting.folder / "reply.txt"))
    assert "block" in posting.run("show", "1").stdout
    assert posting.json("reviews")[0]["outcome"] is None
