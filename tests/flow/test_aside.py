"""A large import is understood by a second process meanwhile; what becomes of that process changes nothing."""

import pytest

from repmon.pipeline import bring_in
from repmon.turn import aside

NUMBER = 1_200
READ = "SELECT external_id, label, compound, reasons, topics, step FROM review ORDER BY external_id"


@pytest.fixture
def large(stage, monkeypatch):
    """A source, and a file larger than what is worth a second process."""
    texts = ("Cold soup, rude waiter.", "Lovely evening, thank you!", "It was not bad", "")
    lines = "\n".join(f'"r{at}","{texts[at % 4]}",{1 + at % 5}' for at in range(NUMBER))
    (stage.folder / "large.csv").write_text(f"id,text,rating\n{lines}\n", encoding="utf-8")
    monkeypatch.setattr(aside, "WORTH_IT", 100)
    monkeypatch.setattr(aside, "_processors", lambda: 2)
    return stage.source("old", "file", lines='path = "none.csv"').begin()


def brought_in(stage):
    source = stage.world.settings.sources[0]
    outcome = bring_in(stage.world, source, str(stage.folder / "large.csv"), lambda _read: None)
    assert (outcome.new, outcome.status) == (NUMBER, "ok")
    return stage.rows(READ)


def test_what_the_second_process_understands_is_what_the_first_would(large, monkeypatch):
    monkeypatch.setattr("repmon.pipeline.understand", lambda _world, **_given: 0)
    meanwhile = brought_in(large)
    assert {step for *_read, step in meanwhile} == {"done"}
    monkeypatch.undo()
    with large.world.database.write() as session:
        session.connection().exec_driver_sql("UPDATE review SET label = NULL, reasons = NULL, step = 'understand'")
    large.process()
    assert large.rows(READ) == meanwhile


@pytest.mark.parametrize("fault", ["it cannot start", "it dies at once"])
def test_without_the_second_process_everything_is_understood_all_the_same(large, monkeypatch, fault):
    if fault == "it dies at once":
        large.world.settings = large.world.settings.model_copy(update={"path": large.folder / "gone.toml"})
    else:
        monkeypatch.setattr(aside.sys, "executable", str(large.folder / "no-python"))
    assert {step for *_read, step in brought_in(large)} == {"done"}


def test_a_small_import_starts_no_second_process(large, monkeypatch):
    monkeypatch.setattr(aside, "WORTH_IT", NUMBER + 1)
    monkeypatch.setattr(aside.Aside, "_begun", lambda _self: pytest.fail("it was started"))
    brought_in(large)


def test_one_processor_is_left_to_one_process(large, monkeypatch):
    monkeypatch.setattr(aside, "_processors", lambda: 1)
    monkeypatch.setattr(aside.Aside, "_begun", lambda _self: pytest.fail("it was started"))
    brought_in(large)
