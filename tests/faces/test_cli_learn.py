"""`repmon import`, `repmon learn`, `repmon eval`: from stars to better reading, and back."""

import json

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
    assert stocked.json("learn", "--forget") == {"forgotten": 1, "relabelled": 0}
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


SILENT = [{"id": f"silent-{at}", "text": "The waiter shrugged and the tap dripped all night.", "language": "en"}
          for at in range(3)]  # fmt: skip


def test_stored_reviews_without_stars_are_read_anew_and_counted(stocked):
    stocked.run("import", str(write(stocked.folder / "silent.jsonl", SILENT)), "--source", "old")
    assert [row["sentiment"]["label"] for row in stocked.json("reviews") if row["rating"] is None] == ["neutral"] * 3
    [found] = stocked.json("learn")
    assert found["relabelled"] == 3
    assert [row["sentiment"]["label"] for row in stocked.json("reviews") if row["rating"] is None] == ["negative"] * 3
    assert stocked.json("learn", "--forget") == {"forgotten": 1, "relabelled": 3}
    assert "Read 3 stored reviews without stars anew; 3 have another label now." in stocked.run("learn").stdout


def test_a_probability_stands_beside_what_was_learned_and_nowhere_else(stocked):
    stocked.run("import", str(write(stocked.folder / "silent.jsonl", SILENT[:1])), "--source", "old")
    stocked.run("learn")
    ids = {row["rating"]: row["id"] for row in stocked.json("reviews")}
    silent = stocked.json("show", str(ids[None]))["sentiment"]
    assert silent["probability"] > 0.5
    assert sum(reason["value"] for reason in silent["reasons"]) == pytest.approx(silent["raw"])
    assert "likely to be unhappy" in stocked.run("show", str(ids[None])).stdout
    assert "probability" not in stocked.json("show", str(ids[1.0]))["sentiment"]


def test_score_uses_what_was_learned_unless_told_otherwise(stocked):
    def scored(*options, **more):
        given = json.dumps({"text": SILENT[0]["text"], "language": "en", **more})
        return json.loads(stocked.run("score", "--json", *options, given=given).stdout)

    before = scored()
    stocked.run("learn")
    found = scored()
    assert (found["label"], before["label"]) == ("negative", "neutral")
    assert found["probability"] > 0.5
    assert scored("--plain") == before
    assert "probability" not in scored(rating=5)


def test_score_works_beside_a_configuration_that_cannot_be_read(desk):
    desk.config.write_text("[business\n", encoding="utf-8")
    result = desk.run("score", "--json", given="Rude staff.\n")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["label"] == "negative"
    assert "Nothing learned is used" in result.stderr
