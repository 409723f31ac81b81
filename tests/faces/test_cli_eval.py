"""`repmon eval`: figures over a file, with and without configuration."""

import json

import pytest
from click.testing import CliRunner

from repmon.cli import main
from tests.faces.judged_rows import write

ROWS = [
    {"text": "The soup was cold and the waiter was rude.", "stars": 1, "language": "en"},
    {"text": "We had lunch on Tuesday.", "stars": 2},
    {"text": "It was an evening.", "stars": 3},
    {"text": "Lovely evening, wonderful pasta!", "stars": 5},
    {"text": "Die Suppe war gut und die Bedienung nett", "stars": 5, "language": "de"},
    {"text": "Terrible, awful, never again.", "label": "negative"},
    {"text": "Terrible, awful, never again.", "stars": 1, "label": "positive"},
]


def evaluate(folder, *options, given=ROWS, exit_code=0):
    """Without any configuration."""
    file = write(folder / "rows.jsonl", given)
    result = CliRunner().invoke(main, ["eval", str(file), *options])
    assert result.exit_code == exit_code, result.output
    return result


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REPMON_CONFIG", raising=False)
    return tmp_path


def test_text_alone_is_held_against_the_stars(nowhere):
    found = json.loads(evaluate(nowhere, "--text-only", "--json").stdout)
    assert found["n"] == 6
    assert found["left_out"] == 1
    assert found["negative_recall"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["negative_precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["accuracy"] == pytest.approx(4 / 6, abs=1e-4)
    assert set(found) >= {"n", "accuracy", "macro_f1", "negative_recall", "negative_precision", "by_language"}


def test_languages_are_told_apart_with_their_false_alarms(nowhere):
    found = json.loads(evaluate(nowhere, "--text-only", "--json").stdout)["by_language"]
    assert found["de"] == {
        "n": 1, "accuracy": 1.0, "macro_f1": 1.0, "negative_recall": None, "negative_precision": None,
        "false_alarm_rate": 0.0,
    }  # fmt: skip
    assert found["en"]["n"] == 5
    assert found["en"]["false_alarm_rate"] == 0.5


def test_with_stars_only_a_label_of_its_own_can_disagree(nowhere):
    found = json.loads(evaluate(nowhere, "--json").stdout)
    assert found["accuracy"] == pytest.approx(5 / 6, abs=1e-4)


def test_a_table_is_shown_to_people(nowhere):
    lines = evaluate(nowhere, "--text-only").stdout.splitlines()
    assert lines[0].split()[:2] == ["language", "reviews"]
    assert [line.split()[0] for line in lines[1:4]] == ["all", "en", "de"]


def test_bad_lines_are_named_and_the_rest_is_counted(nowhere):
    bad = [
        '{"text": "Fine.", "stars": "five"}', "no JSON", '{"stars": 4}', '{"text": "Fine.", "label": "sad"}', "[1]",
        '{"text": "Fine.", "stars": 1e999}', '{"text": "Fine.", "stars": true}',
        '{"text": "Fine.", "stars": 1' + "0" * 400 + "}",
    ]  # fmt: skip
    file = nowhere / "rows.jsonl"
    file.write_text("\ufeff" + json.dumps(ROWS[0]) + "\n\n" + "\n".join(bad) + "\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["eval", str(file), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["n"] == 1
    assert json.loads(result.stdout)["bad_lines"] == len(bad)
    assert "line 3: " in result.stderr


@pytest.mark.parametrize("text", ["", "\ud800", "😀" * 50, "\u0000", "٣", "word " * 1000])
def test_strange_texts_are_read(nowhere, text):
    assert json.loads(evaluate(nowhere, "--text-only", "--json", given=[{"text": text, "stars": 5}]).stdout)["n"] == 1


def test_an_empty_file_has_no_figures(nowhere):
    found = json.loads(evaluate(nowhere, "--json", given=[]).stdout)
    assert (found["n"], found["accuracy"], found["by_language"]) == (0, None, {})


def test_a_configuration_without_a_database_gets_none_by_it(desk):
    (desk.folder / "repmon.db").unlink()
    file = write(desk.folder / "rows.jsonl", ROWS)
    assert desk.json("eval", str(file), "--text-only")["learned"] == []
    assert not (desk.folder / "repmon.db").exists()


def test_a_broken_configuration_is_not_passed_over(desk):
    desk.configure("[nonsense]\n")
    file = write(desk.folder / "rows.jsonl", ROWS)
    assert desk.run("eval", str(file)).exit_code == 2
