"""Text as a page shows it: marked words, visible hidden characters, changed words, figures that add up."""

import time

from hypothesis import given
from hypothesis import strategies as st

from repmon.review import Reason
from repmon.steps.changes import changes
from repmon.steps.messages.adding import that_add_up
from repmon.steps.pieces import Piece, Span, pieces
from repmon.steps.understanding.marking import Mark, marks


@given(st.lists(st.floats(-20, 20), max_size=50))
def test_rounded_figures_add_up_and_stay_near_the_truth(values):
    shown, total = that_add_up(values)
    assert round(sum(shown), 6) == round(total, 6)
    assert all(abs(one - other) <= 0.0101 for one, other in zip(shown, values, strict=True))


def test_words_are_found_though_spaces_and_quotes_differ():
    found = marks("I  don\u2019t\nlike cold soup", [Reason("don't like", -1.5), Reason("cold", -0.5)])
    assert found == [Mark(3, 13, -1.5), Mark(14, 18, -0.5)]


def test_a_word_said_twice_is_marked_twice_and_parts_of_words_never():
    assert [each.start for each in marks("bad badly bad", [Reason("bad", -1), Reason("bad", -1)])] == [0, 10]


def test_reasons_that_overlap_are_one_mark_with_their_sum():
    assert marks("the soup was cold", [Reason("cold", -1), Reason("soup was cold", -2)]) == [Mark(4, 17, -3)]


def test_what_is_not_in_the_text_is_not_marked():
    assert marks("Fine.", [Reason("★ 2", -3.0), Reason("!!!", 0.9), Reason("(", 1), Reason("", 1)]) == []


@given(st.text(alphabet="ab \n\u202e\u200bé😡", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_pieces_hold_the_whole_text_and_no_unseen_character(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = list(pieces(text, [Span(start, end, "bad")] if start < end else []))
    assert "".join(chr(int(each.text.removeprefix("U+"), 16)) if each.unseen else each.text for each in found) == text
    assert not any("\u202e" in each.text for each in found)


def test_an_unseen_character_is_named():
    assert list(pieces("a\u202eb")) == [Piece("a"), Piece("U+202E", unseen="RIGHT-TO-LEFT OVERRIDE"), Piece("b")]


def test_changed_words_are_marked_on_both_sides():
    gone, new = changes("We waited forty minutes", "We waited ninety long minutes")
    assert [each.kind for each in (*gone, *new)] == ["gone", "new"]
    assert "We waited forty minutes"[gone[0].start : gone[0].end] == "forty"


def test_a_giant_text_takes_no_time_to_compare_or_mark():
    began = time.perf_counter()
    assert changes("a b " * 50_000, "b a " * 50_000) == ([], [])
    marks("rude " * 4_000, [Reason("never again", -3)] * 100)
    list(pieces("\u202e" * 100_000))
    assert time.perf_counter() - began < 5
