"""What a person says anew, takes back and says again: the past is kept, and nothing is removed by mistake."""

import json
from datetime import timedelta

import pytest

from tests.flow.site import many, written
from tests.flow.stage import NOW

OLD = NOW - timedelta(days=3)


@pytest.fixture
def shop(stage, board):
    board.show(*many(5, OLD))
    stage.source("shop", "changed", board).begin().poll()
    return stage


@pytest.mark.parametrize(("stars", "text"), [(5, "They made it right, lovely people."), (4, "Better now.")])
def test_an_edit_is_told_with_old_and_new_stars_and_keeps_the_old_version(shop, board, stars, text):
    board.change("r2", stars=stars, text=text, edited=NOW.isoformat())
    board.show(board.reviews.pop(3))
    assert shop.later(hours=1).poll().edited == 1
    values = json.loads(shop.one("SELECT \"values\" FROM event WHERE kind = 'review.edited'"))
    assert (values["old_rating"], values["new_rating"]) == (1, stars)
    assert shop.rows("SELECT version, rating FROM review_version") == [(1, 1.0)]
    assert shop.rows("SELECT version, rating, text FROM review WHERE external_id = 'r2'") == [(2, stars, text)]
    assert shop.later(hours=1).poll().edited == 0


def test_an_edit_outdates_an_open_draft_and_a_new_one_is_made(shop, board):
    board.show(written("a", NOW))
    shop.later(minutes=15).poll()
    first = shop.one("SELECT text FROM draft")
    board.change("a", text="And the toilets were filthy as well!")
    shop.later(minutes=15).poll()
    assert shop.rows("SELECT state, outdated, review_version FROM draft ORDER BY id") == [
        ("outdated", 1, 1), ("pending", 0, 2),
    ]  # fmt: skip
    assert shop.one("SELECT text FROM draft ORDER BY id") == first


@pytest.mark.parametrize("state", ["approved", "posting", "posted", "rejected"])
def test_a_draft_a_manager_has_touched_keeps_every_byte(shop, board, state):
    board.show(written("a", NOW))
    shop.later(minutes=15).poll()
    with shop.world.database.write() as session:
        from repmon.store.tables import DraftRow  # noqa: PLC0415

        draft = session.get(DraftRow, 1)
        draft.text, draft.edited_by, draft.state, draft.approved_sha256 = "My own words.", "giulia", state, "ab" * 32
    board.change("a", stars=4, text="Better now.")
    shop.later(minutes=15).poll()
    kept = shop.rows("SELECT text, edited_by, approved_sha256 FROM draft WHERE id = 1")
    assert kept == [("My own words.", "giulia", "ab" * 32)]
    now_state = shop.rows("SELECT state, outdated FROM draft WHERE id = 1")[0]
    assert now_state == {"approved": ("outdated", 1), "rejected": ("rejected", 0)}.get(state, (state, 1))


def test_a_translation_made_anew_and_a_reply_are_no_edits(shop, board):
    board.show(written("a", NOW, "(Translated by Google) Cold soup\n\n(Original)\nKalte Suppe"))
    shop.later(minutes=15).poll()
    board.change("a", text="(Translated by Google) The soup was cold\n\n(Original)\nKalte Suppe")
    assert shop.later(minutes=15).poll().edited == 0


def test_a_review_is_removed_after_three_complete_sweeps_and_told_once(shop, board):
    board.take_down("r3")
    removed = [shop.later(days=7, minutes=1).poll().removed for _ in range(4)]
    assert removed == [0, 0, 1, 0]
    assert shop.events("review.removed") == 1
    assert shop.rows("SELECT external_id, state FROM review WHERE removed_at IS NOT NULL") == [("r3", "removed")]


@pytest.mark.parametrize(
    "fault", [(500, {}, b""), (200, {}, b'{"reviews": [{"id"'), (200, {}, b'{"reviews": [], "x": 1}')]
)
def test_a_read_that_fails_or_is_cut_off_removes_nothing(stage, board, fault):
    board.show(*many(25, OLD))
    stage.source("shop", "changed", board).begin().poll()
    board.faults[2] = fault
    for _ in range(5):
        assert stage.later(days=8).poll(named=True).status in {"down", "changed"}
    assert stage.one("SELECT count(*) FROM review WHERE removed_at IS NOT NULL OR missed_sweeps > 0") == 0


def test_a_source_that_shows_only_some_reviews_never_removes_any(stage, tmp_path):
    file = tmp_path / "survey.csv"
    file.write_text("id,text,rating\na,Cold soup,1\nb,Good soup,5\n")
    stage.source("survey", "file", None, 'path = "survey.csv"').begin().poll()
    file.write_text("id,text,rating\nb,Good soup,5\n")
    for _ in range(5):
        assert stage.later(days=8).poll().status == "ok"
    assert stage.one("SELECT count(*) FROM review WHERE removed_at IS NOT NULL") == 0


def test_a_review_that_comes_back_is_there_again_as_it_was_and_without_an_alert(shop, board):
    with shop.world.database.write() as session:
        from repmon.store.tables import ReviewRow  # noqa: PLC0415

        row = session.get(ReviewRow, 3)
        row.state, row.reply_text, row.answered_at, name = "answered", "Thank you.", NOW, row.external_id
    gone = next(review for review in board.reviews if review["id"] == name)
    board.take_down(name)
    for _ in range(3):
        shop.later(days=7, minutes=1).poll()
    assert shop.one("SELECT state FROM review WHERE id = 3") == "removed"
    told = shop.one("SELECT count(*) FROM event")
    board.show(gone)
    shop.later(minutes=15).poll()
    assert shop.rows("SELECT state, removed_at, missed_sweeps FROM review WHERE id = 3") == [("answered", None, 0)]
    assert shop.one("SELECT count(*) FROM event") == told


def test_an_edit_is_not_judged_by_what_the_review_said_before(shop, board, monkeypatch):
    board.show(written("a", NOW, "Wonderful, we loved it.", 5))
    shop.later(minutes=15).poll()
    assert shop.one("SELECT label FROM review WHERE external_id = 'a'") == "positive"
    monkeypatch.setattr("repmon.turn.understand.score", lambda *_: 1 / 0)
    board.change("a", text="On second thought it was horrible.", stars=None)
    shop.later(minutes=15).poll()
    assert shop.rows("SELECT label, quarantined_at IS NOT NULL FROM review WHERE external_id = 'a'") == [(None, 1)]
