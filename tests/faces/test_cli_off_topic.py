"""`repmon off-topic` and `repmon dismiss --off-topic` at the command line."""

import json

import pytest

from tests.flow.peers import Server

SOURCE = """
[[sources]]
id = "hn"
connector = "hacker_news"
names = ["Kettle and Crumb"]
base_url = "{url}"
"""
TEXTS = ["Kettle and Crumb synthesizer demo", "My Kettle and Crumb synthesizer", "Synthesizer kit: kettle and crumb"]


class Search(Server):
    """Finds what it is told to find."""

    texts: tuple[str, ...] = tuple(TEXTS)

    def answer(self, path, body):
        hits = [{"objectID": str(n), "comment_text": text, "author": "[x](y)", "created_at": "2026-01-01T00:00:00Z"}
                for n, text in enumerate(self.texts)]  # fmt: skip
        return 200, {}, json.dumps({"hits": hits, "nbPages": 1}).encode()


@pytest.fixture
def search():
    with Search() as server:
        yield server


@pytest.fixture
def dismissed(desk, search):
    desk.configure(SOURCE.format(url=search.url))
    assert desk.run("poll").exit_code == 0
    for number in "123":
        assert desk.run("dismiss", number, "--off-topic", "--by", "mila").exit_code == 0
    return desk


def test_nothing_is_proposed_before_three_are_dismissed(polled):
    assert "Nothing to propose" in polled.run("off-topic").stdout
    assert polled.json("off-topic") == {"rules": [], "proposals": []}


def test_proposals_are_listed_with_what_they_rest_on(dismissed):
    found = dismissed.json("off-topic")["proposals"]
    assert [(one["number"], one["kind"], one["value"], one["dismissed"], one["kept"]) for one in found] == [
        (1, "author", "[x](y)", 3, 0), (2, "word", "synthesizer", 3, 0),
    ]  # fmt: skip
    said = dismissed.run("off-topic").stdout
    assert "with the word “synthesizer”" in said
    assert "by [x](y)" in said


def test_a_proposal_is_accepted_used_and_dropped(dismissed, search):
    assert "Rule 1 is in force" in dismissed.run("off-topic", "--accept", "2", "--by", "mila").stdout
    search.texts = (*TEXTS, "Another Kettle and Crumb synthesizer")
    dismissed.run("poll")
    shown = dismissed.run("show", "4").stdout
    assert "off-topic, by rule 1" in " ".join(shown.split())
    told = dismissed.json("show", "4")
    assert (told["dismissed_reason"], told["dismissed_words"]) == ("off_topic/1", "off-topic, by rule 1")
    assert dismissed.json("off-topic")["rules"][0]["dismissed"] == 1
    assert [rule["value"] for rule in dismissed.json("off-topic")["rules"]] == ["synthesizer"]
    assert "1 mention is taken up again" in dismissed.run("off-topic", "--drop", "1").stdout
    assert {row["id"]: row["state"] for row in dismissed.json("reviews")}[4] == "open"


def test_wrong_use_is_refused(dismissed):
    assert dismissed.run("off-topic", "--accept", "1", "--drop", "1").exit_code == 2
    assert dismissed.run("dismiss", "1").exit_code == 2
    assert dismissed.run("dismiss", "1", "--off-topic", "--reason", "x").exit_code == 2
    assert dismissed.run("off-topic", "--accept", "9").exit_code == 1
