"""`score`: texts in, what they say out."""

import json

from repmon.review import Review
from repmon.steps.score import score

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
    assert said.startswith("negative  -0.4")
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
