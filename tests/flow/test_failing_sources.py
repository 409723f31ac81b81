"""A failing source is never "success, 0 new": it is said once, so is its recovery, and it harms no other."""

import json
from datetime import timedelta
from email.utils import format_datetime

import pytest

from tests.flow.site import many, written
from tests.flow.stage import NOW

OLD = NOW - timedelta(days=3)
GOOD = {"reviews": [], "next": False}
FAULTS = [
    ("html", (200, {"content-type": "text/html"}, b"<html><body>Please sign in</body></html>"), "changed"),
    ("nothing at all", (200, {}, b""), "changed"),
    ("cut off", (200, {}, b'{"reviews": [{"id": "a", "te'), "changed"),
    ("wrong encoding", (200, {}, '{"reviews": [{"id": "é"}]}'.encode("utf-16-le")), "changed"),
    ("renamed list", (200, {}, b'{"items": [], "next": false}'), "changed"),
    ("null list", (200, {}, b'{"reviews": null, "next": false}'), "changed"),
    ("a list of words", (200, {}, b'{"reviews": ["a", "b", "c"], "next": false}'), "changed"),
    ("a teapot", (418, {}, b"short and stout"), "changed"),
    ("not modified, unasked", (304, {}, b""), "changed"),
    ("wrong key", (401, {}, b"{}"), "paused"),
    ("forbidden", (403, {}, b"{}"), "paused"),
    ("not there", (404, {}, b"{}"), "paused"),
    ("ill", (500, {}, b""), "down"),
    ("bad gateway", (502, {}, b"<html>"), "down"),
]  # fmt: skip
STATUS = {"changed": "failing", "paused": "paused", "down": "failing"}


@pytest.mark.parametrize(("fault", "expected"), [each[1:] for each in FAULTS], ids=[each[0] for each in FAULTS])
def test_a_failure_is_said_once_and_the_recovery_once_over_polls_and_restarts(stage, board, fault, expected):
    board.show(*many(3, OLD))
    stage.source("shop", "changed", board).begin().poll()
    board.fault = fault
    outcome = stage.later(minutes=15).poll()
    assert outcome.status == {"paused": "refused"}.get(expected, expected)
    assert str(outcome.error) != outcome.error.code
    assert stage.one("SELECT state FROM source") == STATUS[expected]
    for _ in range(4):
        stage.begin().later(minutes=15).poll()
    assert stage.events("source.failing") == 1
    board.fault = None
    stage.later(days=1, minutes=1).poll()
    stage.begin().later(minutes=15).poll()
    assert stage.one("SELECT state FROM source") == "ok"
    assert (stage.events("source.failing"), stage.events("source.recovered")) == (1, 1)
    assert stage.one("SELECT count(*) FROM review WHERE missed_sweeps > 0") == 0


def test_a_source_that_fails_again_later_is_said_again(stage, board):
    board.show(*many(3, OLD))
    stage.source("shop", "changed", board).begin().poll()
    for _ in range(2):
        board.fault = (500, {}, b"")
        stage.later(hours=1).poll()
        board.fault = None
        stage.later(hours=1).poll()
    assert (stage.events("source.failing"), stage.events("source.recovered")) == (2, 2)


def test_a_name_that_does_not_resolve_is_a_site_that_is_down(stage):
    stage.source("shop", "changed", None, 'base_url = "https://reviews.invalid"').begin()
    outcome = stage.poll()
    assert (outcome.status, outcome.new) == ("down", 0)
    assert stage.events("source.failing") == 1


def test_a_server_that_is_gone_is_a_site_that_is_down(stage, board):
    stage.source("shop", "changed", board).begin()
    board.__exit__()
    assert stage.poll().status == "down"


def test_a_field_renamed_in_every_item_is_a_site_that_has_changed(stage, board):
    board.show(*({"ident": f"r{number}", "stars": 1} for number in range(10)))
    outcome = stage.source("shop", "changed", board).begin().poll()
    assert (outcome.status, outcome.new) == ("changed", 0)


def test_one_bad_item_in_ten_is_set_aside_with_its_field_and_its_raw_form(stage, board):
    board.show(*many(9, OLD), {"id": "bad", "text": "Fine", "stars": "five", "at": None})
    outcome = stage.source("shop", "changed", board).begin().poll()
    assert (outcome.status, outcome.new, outcome.quarantined) == ("ok", 9, 1)
    field, raw = stage.rows("SELECT field, raw FROM quarantined_item")[0]
    assert (field, json.loads(raw)["id"]) == ("rating", "bad")
    stage.later(minutes=15).poll()
    assert stage.one("SELECT count(*) FROM quarantined_item") == 1


def test_an_item_that_can_be_read_after_all_is_no_longer_set_aside(stage, board, monkeypatch):
    board.show(*many(9, OLD), written("bad", OLD))
    from tests.flow.site import Changed  # noqa: PLC0415

    good = Changed.review
    monkeypatch.setattr(
        Changed, "review", lambda self, item: good(self, item | ({"stars": "x"} if item["id"] == "bad" else {}))
    )
    stage.source("shop", "changed", board).begin().poll()
    monkeypatch.undo()
    stage.later(minutes=15).poll()
    assert "bad" in stage.names()
    assert stage.one("SELECT count(*) FROM quarantined_item WHERE settled_at IS NULL") == 0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("3600", 3600), (format_datetime(NOW + timedelta(hours=2), usegmt=True), 7200), (None, 300), ("soon", 300)],
)
def test_a_site_that_says_wait_is_not_asked_before_not_even_by_name(stage, board, header, seconds):
    board.fault = (429, {"retry-after": header, "date": format_datetime(NOW, usegmt=True)} if header else {}, b"")
    stage.source("shop", "changed", board).begin()
    assert stage.poll().status == "busy"
    board.asked()
    stage.begin().later(seconds=seconds - 5)
    assert (stage.poll().status, stage.poll(named=True).status) == ("busy", "busy")
    assert board.asked() == 0
    board.fault = None
    assert stage.later(seconds=10).poll().status == "ok"
    assert stage.events("source.failing") == 0


def test_a_clock_that_was_ahead_silences_no_source_for_ever(stage, board):
    board.fault = (429, {"retry-after": "3600"}, b"")
    stage.now = NOW + timedelta(days=9000)
    stage.source("shop", "changed", board).begin().poll()
    board.fault = None
    stage.now = NOW
    assert stage.poll().status == "ok"


def test_a_paused_source_is_asked_once_a_day_and_naming_it_lifts_the_pause(stage, board):
    board.fault = (401, {}, b"{}")
    stage.source("shop", "changed", board).begin().poll()
    board.asked()
    for _ in range(5):
        assert stage.later(hours=4).poll().status == "paused"
    assert board.asked() == 0
    assert stage.later(hours=5).poll().status == "refused"
    assert stage.poll(named=True).status == "refused"
    board.fault = None
    assert stage.poll(named=True).status == "ok"
    assert stage.events("source.failing") == 1


def test_changed_settings_lift_a_pause(stage, board):
    board.fault = (401, {}, b"{}")
    stage.source("shop", "changed", board).begin().poll()
    board.fault = None
    stage.sources.clear()
    assert stage.source("shop", "changed", board, 'boards = ["other"]').begin().poll().status == "ok"


def test_one_bad_source_never_stops_the_others(stage, board):
    board.show(*many(3, OLD))
    for name, place, bug in (
        ("one", "items", "RuntimeError"),
        ("two", "review", "RecursionError"),
        ("three", "items", "OSError"),
    ):
        stage.source(name, "buggy", board, f'place = "{place}"\nbug = "{bug}"')
    stage.source("down", "changed", None, 'base_url = "http://127.0.0.1:9"')
    stage.source("good", "changed", board).begin()
    outcomes = {each.source: each for each in stage.turn(send=False).outcomes}
    assert {name: each.status for name, each in outcomes.items()} == {
        "one": "changed", "two": "changed", "three": "changed", "down": "down", "good": "ok",
    }  # fmt: skip
    assert outcomes["good"].new == 3
    assert "RuntimeError" in str(outcomes["one"].error)


def test_what_a_connector_gave_before_its_bug_is_kept(stage, board):
    board.show(*many(3, OLD))
    outcome = stage.source("one", "buggy", board).begin().poll()
    assert (outcome.status, outcome.new) == ("changed", 1)


def test_stopping_while_a_site_makes_us_wait_is_no_failure_of_the_site(stage, board):
    board.show(*many(30, OLD))
    stage.source("shop", "changed", board).begin()
    board.on_page = lambda page: stage.world.stopping.set() if page == 2 else None
    assert stage.poll().status == "busy"
    assert stage.events("source.failing") == 0
    assert stage.one("SELECT state FROM source") == "ok"
    board.on_page = lambda _page: None
    assert stage.begin().poll().status == "ok"
    assert len(stage.names()) == 30


def test_a_failure_is_told_on_the_system_channel_once(stage, board, sink):
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/x").source("shop", "changed", board).begin().turn()
    board.fault = (403, {}, b"{}")
    for _ in range(3):
        stage.later(minutes=15).turn()
    board.fault = None
    for _ in range(2):
        stage.later(days=1, minutes=1).turn()
    assert len(sink.messages) == 3, sink.messages  # first read, failing, recovered
