"""A row that makes a step stumble is set aside after three times, visibly, and holds up no other."""

from datetime import timedelta

import pytest

from repmon.store import sources
from repmon.turn import decided, drafting, understand, writing
from tests.flow.site import many, written
from tests.flow.stage import NOW

POISON = "poison"


@pytest.fixture
def shop(stage, board, sink):
    board.show(*many(2, NOW - timedelta(days=3)))
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/a").source("shop", "changed", board).begin().turn()
    sink.messages.clear()
    board.show(written("bad", NOW, f"This is {POISON}, cold and rude."))
    board.show(written("good", NOW, "The soup was cold and the waiter rude."))
    return stage


def stumbling(monkeypatch, module, name, holds):
    """Make one step raise where its arguments hold the poison."""
    works = getattr(module, name)

    def step(*args, **kwargs):
        if POISON in holds(*args, **kwargs):
            raise ZeroDivisionError
        return works(*args, **kwargs)

    monkeypatch.setattr(module, name, step)


def test_a_text_that_cannot_be_scored_is_set_aside_and_told_unscored(shop, sink, monkeypatch):
    stumbling(monkeypatch, understand, "score", lambda review, _languages: review.text)
    shop.later(minutes=15).turn()
    assert shop.rows("SELECT attempts, quarantined_at IS NOT NULL, label FROM review WHERE external_id = 'bad'") == [
        (3, 1, None)
    ]
    assert "ZeroDivisionError" in shop.one("SELECT error FROM review WHERE external_id = 'bad'")
    with shop.world.database.read() as session:
        assert sources.set_aside_counts(session) == {1: 1}
    assert sink.count(POISON) == 1
    assert sink.count("waiter rude") == 1
    shop.later(minutes=15).turn()
    assert sink.count(POISON) == 1


def test_a_row_set_aside_is_tried_again_when_a_person_names_its_source(shop, sink, monkeypatch):
    stumbling(monkeypatch, understand, "score", lambda review, _languages: review.text)
    shop.later(minutes=15).turn()
    monkeypatch.undo()
    shop.later(minutes=15).turn()
    assert shop.one("SELECT label FROM review WHERE external_id = 'bad'") is None
    shop.later(minutes=15).turn(named=True)
    assert shop.rows("SELECT label, quarantined_at FROM review WHERE external_id = 'bad'") == [("negative", None)]
    assert sink.count(POISON) == 1


def test_a_review_no_reply_can_be_drafted_for_is_set_aside_and_told(shop, sink, monkeypatch):
    stumbling(monkeypatch, drafting.compose, "draft", lambda review, *_, **__: review.text)
    shop.later(minutes=15).turn()
    assert shop.one("SELECT quarantined_at IS NOT NULL FROM review WHERE external_id = 'bad'") == 1
    assert shop.one("SELECT count(*) FROM draft") == 1
    assert (sink.count(POISON), sink.count("waiter rude")) == (1, 1)


def test_an_event_no_rule_can_be_found_for_is_set_aside_and_holds_up_no_other(shop, sink, monkeypatch):
    stumbling(monkeypatch, decided, "decide", lambda facts, _rules: facts.review.text if facts.review else "")
    shop.later(minutes=15).turn()
    assert sink.count("waiter rude") == 1
    assert shop.rows("SELECT attempts, routed_at FROM event WHERE quarantined_at IS NOT NULL") == [(3, None)]
    monkeypatch.undo()
    shop.later(minutes=15).turn(named=True)
    assert sink.count(POISON) == 1


def test_a_message_that_cannot_be_written_is_given_up_and_holds_up_no_other(shop, sink, monkeypatch):
    stumbling(monkeypatch, writing, "render", lambda facts, **_: facts.review.text if facts.review else "")
    for _ in range(4):
        shop.later(hours=1).turn()
    assert sink.count("waiter rude") == 1
    assert shop.rows("SELECT state, attempts FROM delivery WHERE state <> 'delivered'") == [("failed", 3)]
    assert "ZeroDivisionError" in shop.one("SELECT error FROM delivery WHERE state = 'failed'")


def test_reviews_of_a_source_taken_out_of_the_configuration_are_finished_without_a_draft(shop, sink):
    from repmon.pipeline import collect  # noqa: PLC0415

    collect(shop.world, shop.world.settings.sources[0])
    understand.understand(shop.world)
    assert shop.one("SELECT count(*) FROM review WHERE step = 'draft'") == 2
    shop.sources.clear()
    shop.begin().process()
    assert shop.rows("SELECT DISTINCT step, quarantined_at FROM review") == [("done", None)]
