"""Stored reviews are read anew after learning: quietly, in batches, never against stars or a person's word."""

import json

import pytest

from repmon.store.rereading import progress
from repmon.turn import rereading
from repmon.turn.learn import forget, learn
from repmon.turn.rereading import reread
from tests.flow.stage import Stage
from tests.steps.judged import judged

SILENT = [one.text for one in judged(60, seed=9, negative=0.5)]


def with_old(folder, database):
    """A stage whose source holds three hundred and thirty starred reviews and sixty without stars."""
    rows = [{"id": f"starred-{one.external_id}", "text": one.text, "rating": one.rating, "language": "en"}
            for one in judged(330)]  # fmt: skip
    rows += [{"id": f"silent-{at}", "text": text, "language": "en"} for at, text in enumerate(SILENT)]
    (folder / "old.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return Stage(folder, database).source("old", "file", lines='path = "old.jsonl"')


@pytest.fixture(scope="module")
def filled(tmp_path_factory, migrated):
    """A database in which they are stored and told of."""
    stage = with_old(tmp_path_factory.mktemp("filled"), migrated).begin()
    stage.turn()
    stage.end()
    return stage.file


@pytest.fixture
def stocked(tmp_path, filled, sink):
    stage = with_old(tmp_path, filled).channel("owner", f"json://127.0.0.1:{sink.port}/").begin()
    yield stage
    stage.end()


def labels(stage, where="rating IS NULL"):
    return dict(stage.rows(f"SELECT external_id, label FROM review WHERE {where}"))


def at(stage):
    with stage.world.database.read() as session:
        return progress(session)


def test_learning_reads_reviews_without_stars_anew_and_counts_what_changed(stocked):
    before = labels(stocked)
    starred = stocked.rows("SELECT external_id, label, raw_score, reasons FROM review WHERE rating IS NOT NULL")
    assert learn(stocked.world)[0].model
    found = reread(stocked.world)
    changed = sum(before[name] != label for name, label in labels(stocked).items())
    assert (found.done, found.read, found.changed) == (True, len(SILENT), {"en": changed})
    assert changed > 10
    assert starred == stocked.rows("SELECT external_id, label, raw_score, reasons FROM review WHERE rating IS NOT NULL")


def test_nothing_is_told_and_nothing_drafted(stocked, sink):
    events, drafts, told = (stocked.one(f"SELECT count(*) FROM {table}") for table in ("event", "draft", "delivery"))
    learn(stocked.world)
    reread(stocked.world)
    stocked.later(hours=30).turn()
    assert stocked.one("SELECT count(*) FROM review WHERE unhappy AND rating IS NULL") > 10
    assert stocked.one("SELECT count(*) FROM event WHERE kind LIKE 'review.%'") == 0 < events
    assert stocked.one("SELECT count(*) FROM draft") == drafts
    assert stocked.one("SELECT count(*) FROM delivery") == told


def test_what_turns_unhappy_is_quiet_though_it_was_news_when_it_came(stocked):
    execute(stocked, "UPDATE review SET history = 0")
    unhappy = "SELECT external_id FROM review WHERE unhappy AND rating IS NULL AND history = {}"
    before = set(stocked.rows(unhappy.format(0)))
    learn(stocked.world)
    reread(stocked.world)
    assert set(stocked.rows(unhappy.format(0))) <= before
    assert len(stocked.rows(unhappy.format(1))) > 10


def test_a_persons_label_stays_and_decides(stocked):
    learn(stocked.world)
    reread(stocked.world)
    name = next(name for name, label in labels(stocked).items() if label == "negative")
    execute(stocked, "UPDATE review SET corrected_label = 'positive', unhappy = 0 WHERE external_id = ?", name)
    forget(stocked.world)
    reread(stocked.world)
    learn(stocked.world, anew=True)
    reread(stocked.world)
    [row] = stocked.rows("SELECT label, corrected_label, unhappy FROM review WHERE external_id = ?", name)
    assert row == ("negative", "positive", 0)


def test_forgetting_goes_back_to_what_was_read_before(stocked):
    before = stocked.rows("SELECT external_id, label, raw_score, reasons, unhappy FROM review")
    learn(stocked.world)
    reread(stocked.world)
    assert stocked.rows("SELECT external_id, label, raw_score, reasons, unhappy FROM review") != before
    forget(stocked.world)
    assert reread(stocked.world).done
    assert stocked.rows("SELECT external_id, label, raw_score, reasons, unhappy FROM review") == before


def test_it_goes_on_after_the_last_finished_batch(stocked, monkeypatch):
    monkeypatch.setattr(rereading, "BATCH", 20)
    learn(stocked.world)
    first = reread(stocked.world, batches=1)
    assert (first.read, first.done) == (20, False)
    stocked.begin()
    assert at(stocked) == first
    last = reread(stocked.world)
    assert (last.read, last.done) == (len(SILENT), True)
    assert reread(stocked.world) is None


def test_a_batch_another_process_did_first_is_not_done_twice(stocked, monkeypatch):
    monkeypatch.setattr(rereading, "BATCH", 20)
    learn(stocked.world)
    read, passed = rereading._read, []

    def overtaken(*given):
        if not passed:
            passed.append(given)
            reread(stocked.world)
        return read(*given)

    monkeypatch.setattr(rereading, "_read", overtaken)
    reread(stocked.world)
    assert at(stocked).read == len(SILENT)


def test_learning_the_same_again_reads_nothing_anew(stocked):
    learn(stocked.world)
    reread(stocked.world)
    learn(stocked.world, anew=True)
    assert reread(stocked.world) is None


def test_without_a_model_in_use_there_is_nothing_to_read(stage):
    stage.begin()
    learn(stage.world)
    assert reread(stage.world) is None


def execute(stage, query, *values):
    with stage.world.database.write() as session:
        session.connection().exec_driver_sql(query, values)
