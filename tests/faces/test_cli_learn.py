"""`repmon import`, `repmon learn`, `repmon eval`: from stars to better reading, and back."""

import pytest

from repmon.config import load
from repmon.pipeline import World
from repmon.store.database import Database
from repmon.turn.learn import learn
from tests.faces.judged_rows import rows, to_eval, write

OLD = """
[[sources]]
id = "old"
connector = "file"
path = "old.jsonl"
"""


@pytest.fixture
def stocked(desk):
    """A desk with four hundred starred reviews."""
    desk.configure(OLD)
    file = write(desk.folder / "old.jsonl", rows(400))
    assert desk.run("import", str(file), "--source", "old").exit_code == 0
    return desk


def macro_f1(desk, *options):
    file = write(desk.folder / "unseen.jsonl", to_eval(rows(200, seed=2)))
    return desk.json("eval", str(file), "--text-only", *options)["macro_f1"]


def world_of(desk):
    settings = load(desk.config, environ={})
    return World(settings, Database(settings.storage_url()))


def test_learning_makes_eval_better_and_plain_leaves_it_out(stocked):
    before = macro_f1(stocked)
    [found] = stocked.json("learn")
    assert (found["language"], found["reviews"], found["used"]) == ("en", 400, True)
    assert found["learned"]["macro_f1"] > found["plain"]["macro_f1"]
    assert macro_f1(stocked) > 0.9 > before
    assert macro_f1(stocked, "--plain") == before


def test_forgetting_goes_back_and_stays_back(stocked):
    before = macro_f1(stocked)
    stocked.run("learn")
    assert stocked.json("learn", "--forget") == {"forgotten": 1}
    assert macro_f1(stocked) == before
    assert learn(world_of(stocked)) == []
    assert stocked.json("learn")[0]["used"]


def test_with_few_reviews_nothing_is_learned(polled):
    [found] = polled.json("learn")
    assert (found["language"], found["used"], found["learned"]) == ("en", False, None)
    assert "too few" in polled.run("learn").stdout


def test_without_reviews_learn_says_so(desk):
    assert desk.json("learn") == []
    assert "no reviews" in desk.run("learn").stdout
    assert "Nothing learned" in desk.run("learn", "--forget").stdout


def test_it_is_learned_anew_only_when_a_tenth_more_is_there(stocked):
    world = world_of(stocked)
    assert [found.language for found in learn(world)] == ["en"]
    assert learn(world) == []
    more = [{**row, "id": f"more-{row['id']}"} for row in rows(50, seed=3)]
    stocked.run("import", str(write(stocked.folder / "more.jsonl", more)), "--source", "old")
    [found] = learn(world)
    assert found.reviews == 450


def test_a_corrected_label_is_learned_from(stocked):
    stocked.run("correct", "1", "neutral")
    [before] = stocked.json("learn")
    unhappy = [row["id"] for row in stocked.json("reviews") if row["rating"] == 1][:3]
    for review in unhappy:
        stocked.run("correct", str(review), "positive")
    [after] = stocked.json("learn")
    assert after["negatives"] == before["negatives"] - len({*unhappy} - {1})
