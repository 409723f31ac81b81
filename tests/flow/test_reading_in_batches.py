"""Understanding goes step by step through a batch; what comes out is what each review alone would give."""

from repmon.store import reviews
from repmon.turn import understand as understanding
from repmon.turn.understand import Reader
from tests.steps.judged import judged

TEXTS = [one.text for one in judged(30)] + ["", "😡😡", "Rude! Never again.", "De soep was koud.", "x" * 5000]


def waiting(stage):
    with stage.world.database.read() as session:
        return reviews.waiting_for(session, "understand", stage.now, 500)


def stocked(stage):
    lines = "\n".join(f'"{at}","{text}",{1 + at % 5}' for at, text in enumerate(TEXTS))
    (stage.folder / "old.csv").write_text(f"id,text,rating\n{lines}\n", encoding="utf-8")
    return stage.source("old", "file", lines='path = "old.csv"').begin()


def test_a_batch_reads_as_each_review_alone(stage, monkeypatch):
    monkeypatch.setattr("repmon.pipeline.understand", lambda _world: 0)
    stocked(stage).poll()
    rows = waiting(stage)
    together = Reader(stage.world).read(rows)
    alone = [columns for row in rows for columns in Reader(stage.world).read([row])]
    assert len(together) == len(TEXTS)
    assert together == alone


def test_batches_smaller_than_what_waits_leave_nothing_behind(stage, monkeypatch):
    monkeypatch.setattr(understanding, "BATCH", 7)
    stocked(stage).poll()
    assert waiting(stage) == []
    assert stage.one("SELECT count(*) FROM review WHERE label IS NULL") == 0


def test_one_text_that_trips_a_step_leaves_the_others_of_its_batch_read(stage, monkeypatch):
    monkeypatch.setattr("repmon.pipeline.understand", lambda _world: 0)
    stocked(stage).poll()
    score = understanding.score

    def trip(review, languages):
        if review.text.startswith("Rude!"):
            raise ValueError
        return score(review, languages)

    monkeypatch.setattr(understanding, "score", trip)
    assert len(Reader(stage.world).read(waiting(stage))) == len(TEXTS) - 1
    assert stage.one("SELECT count(*) FROM review WHERE attempts = 1") == 1
