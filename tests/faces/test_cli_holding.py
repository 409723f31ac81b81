"""`repmon explain`, `silence` and `deliveries --again`: what is held and why, and what a person may do."""

import pytest

from tests.faces.command import SURVEY

ROWS = """id,text,rating,written_at,author
1,"The soup was cold and the waiter was rude.",1,{today}T10:00:00Z,Ann
2,"The tea was stale and nobody cared.",1,{today}T11:00:00Z,Bob
"""
RULE = '[[rules]]\nname = "all"\nwhen = { unhappy = true }\nnotify = "owner"\n'


@pytest.fixture
def told(desk, sink):
    """Two unhappy reviews, told in one message; they are reviews 4 and 5."""
    desk.configure(SURVEY, sink.channel(), RULE)
    assert desk.run("poll").exit_code == 0
    desk.survey(ROWS.format(today="2099-01-01").replace("\n1,", "\n11,").replace("\n2,", "\n12,"))
    sink.messages.clear()
    assert desk.run("poll").exit_code == 0
    return desk


def test_explain_says_who_was_told_with_what_and_why(told, sink):
    assert len(sink.messages) == 1
    first, second = (told.json("explain", number)["events"][0] for number in ("4", "5"))
    assert first["rules"] == [{"rule": "all", "matched": True, "sends": True, "reason": first["rules"][0]["reason"]}]
    lead, carried = first["deliveries"][0], second["deliveries"][0]
    assert (lead["state"], carried["state"], carried["bundle_id"]) == ("delivered", "delivered", lead["id"])
    assert [note["code"] for note in carried["history"]] == ["hold_grouping", "hold_bundled"]
    assert carried["tries"] == lead["tries"]
    assert lead["tries"][0]["error"] is None
    said = told.run("explain", "5").stdout
    for words in (
        "It matched and sent",
        "waited for company until",
        f"travels with delivery {lead['id']}",
        "it arrived",
    ):
        assert words in said


def test_explain_sets_rules_and_messages_off_below_their_event(told):
    lines = told.run("explain", "5").stdout.splitlines()
    assert lines[0].startswith("review.new")
    assert lines[1].startswith("  all: It matched and sent")
    assert lines[2].startswith("  → ")
    assert all(line.startswith("    ") for line in lines[3:])


def test_explain_says_when_a_message_that_failed_is_tried_again(desk, sink):
    desk.configure(SURVEY, sink.channel(), RULE)
    desk.run("poll")
    sink.status = 503
    desk.survey(ROWS.format(today="2099-01-01").replace("\n1,", "\n11,").replace("\n2,", "\n12,"))
    desk.run("poll")
    lines = desk.run("explain", "4").stdout.splitlines()
    assert "It is out of order (HTTP 503)." in lines[-2]
    assert lines[-1].endswith(": next try")


def test_explain_of_a_review_that_was_told_to_nobody_says_so(polled):
    assert "first read; that is quiet" in polled.run("explain", "1").stdout
    assert polled.run("explain", "99").exit_code == 2


def test_show_lists_the_rules_alone_and_leaves_the_waiting_to_explain(told):
    assert "hold_" not in told.run("show", "4").stdout
    assert [each["rule"] for each in told.json("show", "4")["events"][0]["rules"]] == ["all"]


def test_a_message_sent_again_says_that_it_is_a_repeat_and_keeps_its_reference(told, sink):
    number = str(told.json("explain", "5")["events"][0]["deliveries"][0]["id"])
    first = told.run("deliveries", "--again", number, "--by", "giulia")
    second = told.run("deliveries", "--again", number, "--by", "giulia")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert len(sink.messages) == 3
    assert "Sent once more on request of giulia" in sink.messages[1]
    assert sink.messages[1] == sink.messages[2]
    assert told.run("explain", "5").stdout.count("sent once more on request of giulia") == 2


def test_a_message_that_is_on_its_way_is_not_sent_again(told, sink):
    sink.status = 503
    number = str(told.json("explain", "4")["events"][0]["deliveries"][0]["id"])
    assert told.run("deliveries", "--again", number).exit_code == 1
    again = told.run("deliveries", "--again", number)
    assert again.exit_code == 1
    assert "still on its way" in again.stderr
    assert told.run("deliveries", "--again", "999").exit_code == 1


def test_a_silence_is_added_listed_and_lifted(told):
    added = told.run("silence", "add", "--source", "survey", "--for", "4h", "--by", "giulia")
    assert added.exit_code == 0, added.stderr
    rows = told.json("silence", "list")
    assert [(row["scope"], row["scope_id"], row["state"], row["asked_by"]) for row in rows] == [
        ("source", "survey", "lasts", "giulia")
    ]
    assert told.run("silence", "lift", str(rows[0]["id"])).exit_code == 0
    assert told.json("silence", "list") == []
    assert [row["state"] for row in told.json("silence", "list", "--all")] == ["lifted"]


@pytest.mark.parametrize(
    "wrong",
    [
        ["--source", "nothing", "--for", "4h"],
        ["--location", "nowhere", "--for", "4h"],
        ["--rule", "none", "--for", "4h"],
        ["--source", "survey"],
        ["--source", "survey", "--for", "4h", "--until", "2099-01-01"],
        ["--source", "survey", "--rule", "all", "--for", "4h"],
        ["--source", "survey", "--for", "soon"],
        ["--source", "survey", "--until", "soon"],
        ["--for", "4h"],
    ],
)
def test_a_silence_about_nothing_or_without_an_end_is_refused(told, wrong):
    assert told.run("silence", "add", *wrong).exit_code == 2
    assert told.json("silence", "list", "--all") == []


def test_check_names_an_address_that_does_not_answer(told, sink):
    sink.status = 503
    number = str(told.json("explain", "4")["events"][0]["deliveries"][0]["id"])
    told.run("deliveries", "--again", number)
    said = told.run("check").stdout
    assert "failed at the last try" in said
    assert [each["failures"] for each in told.json("check")["ailing"]] == [1]
