"""The record as a page: newest first, chosen, checked, copied."""

import csv
import io
import sqlite3

import pytest

from repmon.store import audit
from repmon.wording import SENTENCES


@pytest.fixture
def desk(bare):
    return bare


def done(desk, number, actor="mila", action="review.snoozed", **values):
    with desk.world.database.write() as session:
        for each in range(number):
            audit.append(session, action, f"review/{each}", actor=actor, at=desk.stage.now, values=values)


def test_the_newest_act_is_first_and_older_pages_follow(desk):
    done(desk, 120)
    owner = desk.owner
    first = owner.get("/audit").text
    assert first.index("Snoozed review 119") < first.index("Snoozed review 70")
    assert "Snoozed review 69" not in first
    older = first.split('class="button" href="')[1].split('"')[0].replace("&amp;", "&")
    second = owner.get(older).text
    assert "Snoozed review 69" in second
    assert "Newest" in second
    assert "Older" not in owner.get(second.split('"button" href="')[2].split('"')[0].replace("&amp;", "&")).text


def test_who_and_what_can_be_chosen(desk):
    done(desk, 1, "mila")
    done(desk, 1, "noor", "review.reopened")
    owner = desk.owner
    assert "Reopened review 0</a>" not in owner.get("/audit?actor=mila").text
    page = owner.get("/audit?action=review.reopened").text
    assert "Reopened review 0</a>" in page
    assert "Snoozed review 0</a>" not in page
    assert "Nothing of that kind" in owner.get("/audit?actor=nobody").text


@pytest.mark.parametrize("before", ["x", "-1", "9" * 400, "1;drop", ""])
def test_a_page_number_that_is_none_is_no_trouble(desk, before):
    done(desk, 1)
    assert desk.owner.get("/audit", params={"before": before}).status_code == 200


def test_the_check_names_the_entry_that_was_changed(desk):
    done(desk, 3)
    owner = desk.owner
    assert "The record is whole: 3 entries" in owner.get("/audit?verify=1").text
    with sqlite3.connect(desk.stage.file) as connection:
        connection.execute("UPDATE audit SET actor = 'eve' WHERE id = 2")
    assert "The record is broken: entry 2" in owner.get("/audit?verify=1").text


def test_a_copy_is_itself_written_down_and_part_of_the_copy(desk, monkeypatch):
    monkeypatch.setattr("repmon.desk.record.BATCH", 7)
    done(desk, 60)
    owner = desk.owner
    answer = owner.post("/audit/export", page="/audit")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert len(rows) == 62
    assert rows[-1][2:4] == ["olga", "audit.exported"]
    assert desk.stage.one("SELECT count(*) FROM audit") == 61


@pytest.mark.parametrize("actor", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1", " =1"])
def test_a_copy_runs_nothing_in_a_spreadsheet(desk, actor):
    done(desk, 1, actor)
    owner = desk.owner
    rows = list(csv.reader(io.StringIO(owner.post("/audit/export", page="/audit").text)))
    assert rows[1][2] == "'" + actor


def test_a_kind_of_act_that_has_no_words_is_shown_as_it_is(desk):
    done(desk, 1, action="future.thing")
    assert "future.thing review/0" in desk.owner.get("/audit").text


def test_every_sentence_about_an_act_can_be_said_without_its_values(desk):
    codes = [code.removeprefix("audit_says_") for code in SENTENCES if code.startswith("audit_says_")]
    for code in codes:
        thing, _, done_to = code.partition("_")
        done(desk, 1, action=f"{thing}.{done_to}")
    pages = desk.owner.get("/audit").text
    assert "{" not in pages.split("<tbody>")[1].split("</tbody>")[0]
    assert all(f"audit_kind_{code}" in SENTENCES for code in codes)
