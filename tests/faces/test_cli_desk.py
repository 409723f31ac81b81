"""edit, approve, reject, post, lint and audit verify at the command line."""

import hashlib
import json
import sqlite3

import pytest

from tests.faces.command import SURVEY

WORDS = "Hello,\n\nSorry that the soup was cold and our waiter rude. Please write to hello@kettle.example.\n\nMila"


def stored(desk, query):
    connection = sqlite3.connect(desk.folder / "repmon.db")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.fixture
def polled(desk):
    """Three reviews, the first of them with a draft."""
    desk.configure(SURVEY, "drafts_for_history = true\n")
    assert desk.run("poll").exit_code == 0
    return desk


@pytest.fixture
def draft(polled):
    """The number of the one draft there is."""
    return str(polled.json("drafts")[0]["id"])


def test_from_draft_to_posted(polled, draft):
    text = polled.json("drafts")[0]["text"]
    result = polled.run("approve", draft, "--by", "Mila")
    assert (result.exit_code, hashlib.sha256(text.encode()).hexdigest()[:12] in result.stdout) == (0, True)
    assert polled.json("drafts")[0]["decided_by"] == "Mila"
    assert polled.run("post", draft).stdout == text + "\n"
    assert polled.json("drafts")[0]["state"] == "approved"
    assert polled.run("post", draft, "--done", "--by", "Noor").exit_code == 0
    assert polled.json("drafts")[0]["state"] == "posted"
    assert {row["id"]: row["state"] for row in polled.json("reviews")}[1] == "answered"


def test_who_is_first_wins_and_is_named(polled, draft):
    polled.run("reject", draft, "--reason", "too stiff", "--by", "Mila")
    result = polled.run("approve", draft, "--by", "Noor")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "rejected by Mila" in result.stderr
    assert polled.json("drafts")[0]["reason"] == "too stiff"


def test_without_a_name_the_login_name_decides(polled, draft, monkeypatch):
    monkeypatch.setattr("repmon.cli.who.login_name", lambda: "kitchen")
    assert polled.run("approve", draft).exit_code == 0
    assert polled.json("drafts")[0]["decided_by"] == "kitchen"


def test_own_words_from_a_file_or_a_pipe(polled, draft):
    (polled.folder / "reply.txt").write_text(WORDS, encoding="utf-8")
    assert polled.run("edit", draft, "--file", str(polled.folder / "reply.txt")).exit_code == 0
    assert polled.run("edit", "2", "--file", "-", given=WORDS.replace("Sorry", "We are sorry")).exit_code == 0
    newest = polled.json("drafts")[0]
    assert (newest["id"], newest["state"], newest["version"]) == (3, "pending", 3)
    assert newest["text"] == WORDS.replace("Sorry", "We are sorry")
    assert [row["state"] for row in polled.json("drafts")] == ["pending", "outdated", "outdated"]


def test_own_words_from_an_editor(polled, draft, monkeypatch):
    monkeypatch.setattr("click.edit", lambda text, extension: WORDS)
    assert "approve 2" in polled.run("edit", draft).stdout
    monkeypatch.setattr("click.edit", lambda text, extension: None)
    assert polled.run("edit", "2").stdout == "Nothing was changed.\n"


def test_what_is_wrong_with_own_words_is_said_at_once_and_blocks(polled, draft):
    bad = WORDS.replace("Please", "You should have told us. Please")
    result = polled.run("edit", draft, "--file", "-", given=bad)
    assert "blame" in result.stdout
    found = polled.json("drafts")[0]["lint"]
    assert [each["rule"] for each in found] == ["blame"]
    assert bad[found[0]["start"] : found[0]["end"]] == "You should have"
    assert set(found[0]) == {"rule", "severity", "start", "end", "message", "suggestion"}
    assert polled.run("approve", "2").exit_code == 1
    assert polled.json("drafts")[0]["state"] == "pending"
    assert polled.run("approve", "2", "--override", "they agreed").exit_code == 0


def test_hidden_characters_are_refused(polled, draft):
    result = polled.run("edit", draft, "--file", "-", given=WORDS + "\u202e")
    assert result.exit_code == 1
    assert "RIGHT-TO-LEFT OVERRIDE" in result.stderr


@pytest.mark.parametrize("command", [("approve", "77"), ("reject", "77", "--reason", "x"), ("post", "77"),
                                     ("post", "77", "--done"), ("edit", "77", "--file", "-")])  # fmt: skip
def test_an_unknown_draft_is_said(polled, command):
    result = polled.run(*command, given="Some words.")
    assert result.exit_code == 1
    assert "no draft 77" in result.stderr


def test_a_rejection_needs_a_reason(polled, draft):
    assert polled.run("reject", draft).exit_code == 2
    assert polled.run("reject", draft, "--reason", " ").exit_code == 1


def test_unapproved_words_are_not_printed_for_posting(polled, draft):
    result = polled.run("post", draft)
    assert (result.exit_code, result.stdout) == (1, "")


def test_a_drafted_reply_comes_checked(polled, draft):
    assert stored(polled, "SELECT lint FROM draft") == [("[]",)]


def test_the_record_is_whole_until_somebody_touches_it(polled, draft):
    assert "nothing was decided yet" in polled.run("audit", "verify").stdout
    polled.run("approve", draft, "--by", "Mila")
    polled.run("post", draft, "--done", "--by", "Mila")
    assert "2 entries" in polled.run("audit", "verify").stdout
    connection = sqlite3.connect(polled.folder / "repmon.db")
    with connection:
        connection.execute("UPDATE audit SET actor = 'Noor' WHERE id = 1")
    connection.close()
    result = polled.run("audit", "verify")
    assert result.exit_code == 1
    assert "entry 1 (draft.approved draft/1 by Noor" in result.stderr


def test_lint_checks_any_text(desk):
    text = "Hello, you should have told us. Kind regards, Mila"
    result = desk.run("lint", "--json", given=text)
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(each["rule"], each["severity"]) for each in found] == [("blame", "block")]
    assert text[found[0]["start"] : found[0]["end"]] == "you should have"
    assert "blame" in desk.run("lint", given=text).stdout


def test_lint_of_a_good_reply(desk):
    assert desk.run("lint", given=WORDS.replace("hello@kettle.example", "our desk")).stdout == "Nothing found.\n"
    assert desk.run("lint", "--json", given="Thank you for telling us.").stdout == "[]\n"


def test_lint_looks_at_the_length_and_the_trade(desk):
    assert json.loads(desk.run("lint", "--limit", "5", "--json", given="Thanks a lot").stdout)[0]["rule"] == "limit"
    found = json.loads(desk.run("lint", "--trade", "clinic", "--json", given="Your appointment was ours.").stdout)
    assert [each["rule"] for each in found] == ["confirms"]


def test_lint_lets_your_own_contact_stand(desk):
    assert desk.run("lint", "--contact", "hello@kettle.example", given=WORDS).exit_code == 0
    assert desk.run("lint", given=WORDS).exit_code == 1


def test_lint_refuses_what_is_no_text(desk):
    assert desk.run("lint", given=b"\xff\xfe\x00").exit_code == 2
