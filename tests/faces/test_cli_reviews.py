"""`reviews`, `show` and `drafts`: what a person sees of what is stored."""

import json
import sqlite3

import pytest
import time_machine

from tests.faces.command import ROWS, SURVEY

KEYS = {
    "id", "source", "location", "external_id", "kind", "rating", "scale", "recommended", "title", "text", "author",
    "language", "url", "written_at", "edited_at", "first_seen_at", "removed_at", "version", "sentiment", "topics",
    "reply", "state",
}  # fmt: skip


def test_reviews_come_newest_first_under_the_promised_names(polled):
    rows = polled.json("reviews")
    assert [row["external_id"] for row in rows] == ["1", "2", "3"]
    assert rows[0].keys() >= KEYS
    assert rows[0].keys() >= {"translation", "unhappy", "history", "quarantined"}
    assert rows[0]["written_at"] == "2026-03-03T10:00:00Z"
    assert (rows[0]["rating"], rows[0]["source"], rows[0]["reply"]) == (1.0, "survey", None)


def test_the_reasons_of_a_review_sum_to_its_raw_score(polled):
    for row in polled.json("reviews"):
        sentiment = row["sentiment"]
        assert {"label", "compound", "raw", "score", "reasons", "conflict"} <= sentiment.keys()
        assert sum(reason["value"] for reason in sentiment["reasons"]) == pytest.approx(sentiment["raw"])


def test_topics_are_names_and_the_details_stand_beside_them(polled):
    row = polled.json("reviews")[0]
    assert row["topics"] == ["food", "staff"]
    assert row["topic_details"][1] == {"name": "staff", "polarity": "negative", "words": ["waiter", "rude"]}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--unhappy"], ["1"]),
        (["--label", "positive"], ["2"]),
        (["--since", "2026-03-01"], ["1", "2"]),
        (["--search", "SOUP waiter"], ["1"]),
        (["--search", "soup pasta"], []),
        (["--search", "100%"], []),
        (["--limit", "1"], ["1"]),
        (["--limit", "0"], ["1", "2", "3"]),
        (["--source", "survey", "--state", "open"], ["1", "2", "3"]),
        (["--source", "elsewhere"], []),
        (["--location", "nowhere"], []),
    ],
)
def test_filters_leave_the_matching_reviews(polled, filters, found):
    assert [row["external_id"] for row in polled.json("reviews", *filters)] == found


def test_since_counts_back_from_now(polled):
    with time_machine.travel("2026-03-04T09:00:00Z", tick=False):
        assert [row["external_id"] for row in polled.json("reviews", "--since", "1d")] == ["1"]


def test_a_search_finds_letters_beyond_ascii_in_either_case(desk):
    desk.survey("id,text\n1,Überraschend gut\n2,zum ÜBEL\n3,übrigens\n")
    desk.run("poll")
    assert len(desk.json("reviews", "--search", "über")) == 1
    assert len(desk.json("reviews", "--search", "üb")) == 3


def test_a_senseless_since_is_wrong_usage(polled):
    result = polled.run("reviews", "--since", "yesteryear")
    assert result.exit_code == 2
    assert "yesteryear" in result.stderr


def test_an_empty_store_is_an_empty_list_and_a_hint(desk):
    assert desk.json("reviews") == []
    assert "repmon poll" in desk.run("reviews").stdout


def test_more_reviews_than_one_reading_are_all_listed(desk):
    desk.survey("id,text\n" + "".join(f"{n},word {n}\n" for n in range(1203)))
    desk.run("poll")
    assert len({row["id"] for row in desk.json("reviews")}) == 1203


def test_the_table_shows_strange_text_without_what_a_terminal_acts_on(desk):
    desk.survey('id,text\n1,"\x1b[31mred\x9b31m \u202eback [bold]loud[/bold] \u2028next\x07"\n')
    desk.run("poll")
    for command in (["reviews"], ["show", "1"]):
        said = desk.run(*command).stdout
        assert not set("\x1b\x9b\x07\u202e\u2028") & set(said)
        assert "[bold]loud[/bold]" in said


def test_json_is_plain_ascii_so_that_no_terminal_acts_on_it(desk):
    desk.survey('id,text\n1,"\x9b31m \u202e \x7f é"\n')
    desk.run("poll")
    said = desk.run("reviews", "--json").stdout
    assert said.isascii()
    assert "\x7f" not in said
    assert "é" in json.loads(said)[0]["text"]


@pytest.mark.parametrize("columns", ["80", "120"])
def test_the_table_fits_the_width_and_keeps_numbers_and_labels_whole(polled, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    lines = polled.run("reviews").stdout.splitlines()
    assert all(len(line) <= int(columns) for line in lines)
    assert "negative" in lines[1]
    assert "2026-03-03" in lines[1]


def test_show_tells_why_a_review_is_what_it_is(polled):
    said = polled.run("show", "1").stdout
    assert "The soup was cold and the waiter was rude." in said
    assert "-2.00  rude" in said
    assert "2026-03-03 11:00 CET" in said


def test_show_has_everything_in_one_document(polled):
    found = polled.json("show", "1")
    assert found.keys() >= KEYS
    assert found["raw"]["text"] == found["text"]
    assert (found["versions"], found["drafts"], found["events"], found["deliveries"]) == ([], [], [], [])


def test_show_tells_earlier_versions_and_what_each_rule_decided(desk, sink):
    desk.configure(SURVEY, sink.channel())
    desk.run("poll")
    desk.survey(ROWS.replace("wonderful pasta!", "but dirty, and the bill was wrong.").replace(",5,", ",1,"))
    assert desk.run("poll").exit_code == 0
    found = desk.json("show", "2")
    assert [version["rating"] for version in found["versions"]] == [5.0]
    assert found["version"] == 2
    event = next(each for each in found["events"] if each["event"] == "review.edited")
    assert next(each["rule"] for each in event["rules"]) == "unhappy"
    assert [each["rule"] for each in event["rules"] if each["sends"]] == ["unhappy"]
    assert "changed" in {each["rule"] for each in event["rules"] if each["matched"]}
    assert [each["state"] for each in found["deliveries"]] == ["delivered"]
    said = desk.run("show", "2").stdout
    assert "wonderful pasta!" in said
    assert "review.edited" in said
    assert "but “unhappy” came first" in said


def test_show_of_an_unknown_number_is_wrong_usage(polled):
    result = polled.run("show", "99")
    assert result.exit_code == 2
    assert "99" in result.stderr


def test_a_review_set_aside_says_since_when_and_why(polled):
    with sqlite3.connect(polled.folder / "repmon.db") as connection:
        connection.execute(
            "UPDATE review SET step = 'understand', label = NULL, quarantined_at = '2026-03-05 10:00:00',"
            """ error = '{"code": "file_empty", "values": {"file": "it"}}' WHERE id = 3"""
        )
    connection.close()
    row = next(row for row in polled.json("reviews") if row["id"] == 3)
    assert row["sentiment"]["label"] == "unknown"
    assert row["quarantined"]["error"] == "it is empty."
    assert "it is empty." in polled.run("show", "3").stdout


def test_drafts_are_listed_under_the_promised_names(desk):
    desk.configure(SURVEY, "drafts_for_history = true\n")
    desk.run("poll")
    drafts = desk.json("drafts")
    assert [(draft["review_id"], draft["state"]) for draft in drafts] == [(1, "pending")]
    assert drafts[0].keys() >= {
        "id", "review_id", "state", "outdated", "text", "language", "template", "lint", "version", "decided_by",
        "decided_at", "reason",
    }  # fmt: skip
    assert desk.json("drafts", "--state", "posted") == []
    assert "hello@kettle.example" in desk.run("show", "1").stdout
    assert "pending" in desk.run("drafts").stdout
