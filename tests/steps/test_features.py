"""What a model looks at: words, their beginnings, and the manner of the scorer's sum."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from repmon.review import Review, Sentiment
from repmon.steps.clean import clean
from repmon.steps.model.features import MANNER, manner, spoken, terms_of, words
from repmon.steps.understanding.score import score


def test_words_are_lower_case_without_marks_and_each_once():
    assert words('Cold! cold, (COLD) soup… and "rude" staff 😡') == ["cold", "soup", "and", "rude", "staff", "😡"]


def test_a_word_is_known_by_its_beginnings_too():
    assert terms_of("refused") == ("refused", "refu~", "refuse~")
    assert set(terms_of("refusal")) & set(terms_of("refused")) == {"refu~"}
    assert terms_of("bad") == ("bad",)


def test_words_glued_together_are_known_one_by_one():
    assert {"food", "wine"} <= set(terms_of("food/wine"))


def test_numbers_are_one_word():
    assert terms_of("45") == terms_of("2019") == ("#",)


def test_scripts_without_spaces_are_known_by_pairs_of_characters():
    assert "好吃" in terms_of("非常好吃")
    assert "맛없" in terms_of("맛없어요")


def test_the_words_that_count_are_those_the_scorer_reads():
    envelope = "(Translated by Google) Cold soup (Original) Koude soep"
    assert spoken(Review("s", "1", text=envelope), "nl") == ("en", "Cold soup")
    assert spoken(Review("s", "1", text="Koude soep", translation="The soup was very cold"), "nl")[1] == (
        "The soup was very cold"
    )
    assert spoken(Review("s", "1", title="Never again", text="The soup was cold"), "en") == (
        "en", "Never again The soup was cold",
    )  # fmt: skip


def test_manner_tells_the_worst_sentence_from_the_rest():
    text = "Great room. The breakfast was awful. Nice staff."
    figures = dict(zip(MANNER, manner(text, score(Review("s", "1", text=text))), strict=True))
    assert figures["worst_sentence"] < -0.3 < 0.3 < figures["best_sentence"]
    assert figures["first_sentence"] > 0
    assert figures["silent"] == 0.0


def test_manner_of_a_text_the_scorer_is_silent_about_says_so():
    figures = dict(zip(MANNER, manner("We came on a Tuesday.", Sentiment("neutral")), strict=True))
    assert figures["silent"] == 1.0
    assert figures["score"] == figures["worst_sentence"] == 0.0


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_any_text_has_features(text):
    review = Review("s", "1", text=text)
    plain = score(review)
    _, said = spoken(review, plain.language)
    figures = manner(said, plain)
    assert len(figures) == len(MANNER)
    assert all(math.isfinite(figure) and abs(figure) < 10 for figure in figures)
    assert all(term for word in words(said) for term in terms_of(word))


def test_a_giant_text_is_read_in_linear_time():
    text = clean("never ever cold " * 70_000)
    assert words(text) == ["never", "ever", "cold"]
    assert all(map(terms_of, words("x" * 1_000_000)))
