"""`score`: texts in, what they say out."""

import json

import pytest

from repmon.review import Review
from repmon.steps.understanding.score import score

KEYS = {"label", "compound", "raw", "score", "language", "topics", "reasons", "conflict"}


def _lines(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_plain_lines_and_json_lines_are_scored_alike(desk):
    result = desk.run("score", "--json", given='The waiter was rude.\n{"text": "The waiter was rude."}\n')
    plain, structured = _lines(result)
    assert plain == structured
    assert plain.keys() >= KEYS
    expected = score(Review("", "", text="The waiter was rude."))
    assert (plain["label"], plain["raw"]) == (expected.label, expected.raw)
    assert plain["topics"] == ["staff"]


def test_stars_title_and_language_count_where_given(desk):
    given = {"text": "Wonderful, just wonderful", "title": "Great", "rating": 1, "language": "en", "shop": "ignored"}
    found = _lines(desk.run("score", "--json", given=json.dumps(given)))[0]
    assert (found["label"], found["conflict"]) == ("negative", True)


def test_bad_lines_are_named_and_the_others_go_on(desk):
    bad = (b"{broken", b"\xff\xfe", b'{"rating": 3}', b'{"text": 5}', b'{"text": "x", "rating": 6}',
           b'{"text": "x", "rating": true}')  # fmt: skip
    given = b"\n".join((b"fine", b"", *bad, b"lovely"))
    result = desk.run("score", "--json", given=given)
    assert result.exit_code == 1
    assert len(_lines(result)) == 2
    numbers = [line.partition(":")[0] for line in result.stderr.splitlines()]
    assert numbers == ["line 3", "line 4", "line 5", "line 6", "line 7", "line 8"]


def test_a_file_is_read_instead_of_what_is_piped_in(desk):
    file = desk.folder / "texts.txt"
    file.write_bytes("\ufeffLovely place\r\nAwful place\r\n".encode())
    assert [found["label"] for found in _lines(desk.run("score", str(file), "--json"))] == ["positive", "negative"]


def test_a_person_gets_the_label_the_words_and_the_topics(desk):
    said = desk.run("score", given="The waiter was rude. \x1b[2J\n").stdout
    assert said.startswith("negative  -0.")
    assert "rude -2.0" in said
    assert "about staff (negative)" in said
    assert "\x1b" not in said


def test_a_language_that_is_not_read_is_said_to_be_unknown(desk):
    said = desk.run("score", given='{"text": "De soep was koud.", "language": "nl"}').stdout
    assert said.startswith("unknown")
    assert "“nl”" in said


def test_score_needs_no_configuration_and_nothing_is_fine(desk):
    desk.config.unlink()
    result = desk.run("score", "--json", given="")
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_contradiction_is_shown_with_both_sides(desk):
    said = desk.run("score", given='{"text": "Rude staff, never going back.", "rating": 5, "language": "en"}').stdout
    assert "stars and words disagree: ★ 5 +" in said
    assert "against never going back -3.5, Rude -2.0" in said


@pytest.mark.parametrize("rating", ["1" * 400, "-" + "1" * 400, "1e999", "NaN", "Infinity", "-0.5", "5.1"])
def test_a_rating_no_site_has_is_named_and_costs_one_line(desk, rating):
    result = desk.run("score", "--json", given=f'{{"text": "x", "rating": {rating}}}\nlovely\n')
    assert result.exit_code == 1
    assert result.stderr.count("line 1:") == 1
    assert [found["label"] for found in _lines(result)] == ["positive"]


BAD = {
    "empty": "", "only emoji": "😡" * 50, "only stars": "★★★☆☆", "mixed scripts": "Хорошо gut 好 جيد good",
    "right to left": "الخدمة سيئة \u202eevil\u202c", "zero width": "\u200bgo\u200bod\u200b",
    "control": "\x00\x07bad\x1b[2J", "a lone surrogate": "\ud800 rude", "numbers": "1234 5678 90",
    "one word": "bad " * 10_000, "a megabyte": "x" * 2**20,
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_texts_get_a_label_from_every_command_that_reads_them(desk, name):
    row = json.dumps({"text": BAD[name], "stars": 1})
    [found] = _lines(desk.run("score", "--json", "--trade", "restaurant", given=row))
    assert found["label"] in {"positive", "mixed", "neutral", "negative", "unknown"}
    assert desk.run("score", given=row).exit_code == 0
    file = desk.folder / "rows.jsonl"
    file.write_text(row + "\n", encoding="utf-8")
    assert desk.json("eval", str(file), "--text-only")["n"] == 1
