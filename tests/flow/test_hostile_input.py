"""Whatever stands in a site's answer, the turn ends, the good reviews are stored, and the owner is told."""

import json
from datetime import timedelta

import pytest

from tests.flow.site import many, written
from tests.flow.stage import NOW

OLD = NOW - timedelta(days=3)
NASTY = {
    "a lone surrogate": {"text": "cold \ud800 soup"},
    "a lone surrogate in the author": {"author": "\udfff"},
    "a NUL in the text": {"text": "cold \x00 soup"},
    "a NUL in the author": {"author": "Ann\x00"},
    "a NUL in the link": {"url": "https://site.example/\x00"},
    "a NUL in the id": {"id": "a\x00b"},
    "a lone surrogate in the id": {"id": "a\ud800"},
    "a script as link": {"url": "javascript:alert(1)"},
    "a number as id": {"id": 42},
    "a number as text": {"text": 42},
    "a list as text": {"text": ["cold"]},
    "no text": {"text": None},
    "rating five": {"stars": "five"},
    "rating 11": {"stars": 11},
    "rating 0": {"stars": 0},
    "rating true": {"stars": True},
    "rating null": {"stars": None},
    "an empty id": {"id": "  "},
    "a date without a zone": {"at": "2026-01-01T12:00:00"},
    "a date that is none": {"at": "yesterday"},
    "a date in the year 9999": {"at": "9999-12-31T23:59:59Z"},
    "a date as a number": {"at": 1767225600},
    "deep nesting": {"extra": json.loads("[" * 50 + "]" * 50)},
}
SET_ASIDE = {
    "a number as text", "a list as text", "rating five", "rating 11", "an empty id", "a date without a zone",
    "a date that is none", "a lone surrogate", "a lone surrogate in the author", "a lone surrogate in the id",
}  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_value_costs_one_review_at_most(stage, board, name):
    board.show(*many(9, OLD), {**written("nasty", OLD, "The soup was cold."), **NASTY[name]})
    outcome = stage.source("shop", "changed", board).begin().poll()
    assert outcome.status == "ok"
    assert outcome.new + outcome.quarantined == 10
    assert outcome.quarantined == 0 or name in SET_ASIDE
    again = stage.begin().later(minutes=15).poll()
    assert (again.new, again.edited) == (0, 0)
    assert stage.one("SELECT count(*) FROM review WHERE step <> 'done'") == 0
    rating = stage.one("SELECT max(rating) FROM review")
    assert rating == 1.0


def test_a_rating_that_is_not_a_number_is_no_json_and_the_site_has_changed(stage, board):
    board.fault = (200, {}, b'{"reviews": [{"id": "a", "text": "x", "stars": NaN, "at": null}], "next": false}')
    assert stage.source("shop", "changed", board).begin().poll().status == "changed"


def test_a_megabyte_of_text_is_stored_understood_and_told_briefly(stage, board, sink):
    board.show(*many(1, OLD))
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/x").source("shop", "changed", board).begin().turn()
    board.show(written("long", NOW, "The soup was cold and the waiter rude. " * 26_000))
    stage.later(minutes=15).turn()
    assert stage.one("SELECT length(text) FROM review WHERE external_id = 'long'") > 900_000
    assert sink.count("soup was cold") == 1
    assert max(len(message) for message in sink.messages) < 40_000


def test_a_review_without_stars_goes_by_its_text_and_is_never_given_any(stage, board):
    board.show(written("a", OLD, "Horrible, rude, cold and dirty.", None), written("b", OLD, "Lovely!", None))
    stage.source("shop", "changed", board).begin().poll()
    assert stage.rows("SELECT rating, unhappy FROM review ORDER BY external_id") == [(None, 1), (None, 0)]


def test_a_note_may_hold_any_value(stage, board, monkeypatch):
    from tests.flow.site import Changed  # noqa: PLC0415

    read = Changed.items

    def noting(self, http, listing):
        http.note("odd", at=NOW, kinds={"a"}, number=1)
        yield from read(self, http, listing)

    monkeypatch.setattr(Changed, "items", noting)
    board.show(*many(1, OLD))
    outcome = stage.source("shop", "changed", board).begin().poll()
    assert (outcome.status, outcome.new) == ("ok", 1)
