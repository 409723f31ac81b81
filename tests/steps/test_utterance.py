"""A text looked up once: its tokens, the word of each, and the few that some rule looks at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repmon.steps.understanding.words import Utterance, Words


def notable(text):
    return [said.tokens[place] for said in [Utterance(text)] for place, _ in said.notable]


def test_there_is_a_word_for_every_token_in_its_order():
    said = Utterance("The soup was COLD, don't go!")
    assert said.tokens == ["The", "soup", "was", "COLD,", "don't", "go!"]
    assert [word.folded for word in said.words if word.notable and word.folded] == ["soup", "cold", "don't", "go"]


def test_words_no_rule_looks_at_are_not_notable():
    assert notable("Tuesday umbrellas zigzag") == []
    assert notable("Tuesday good umbrellas not zigzag but 45min \U0001f60d bediening") == [
        "good", "not", "but", "45min", "\U0001f60d", "bediening",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("token", "folded"),
    [
        ("didnt", "didn't"), ("Couldnt", "couldn't"), ("tooooo", "too"), ("sloooow!!", "slow"), ("goooood", "good"),
        ("good", "good"), ("too", "too"), ("(cold)", "cold"),
    ],
)  # fmt: skip
def test_set_phrases_see_a_word_as_it_should_be_spelled(token, folded):
    assert Words()[token].folded == folded


def test_vader_sees_a_word_as_it_is_written():
    word = Words()["goooood"]
    assert (word.lower, word.value) == ("goooood", 0.0)


def test_lengths_of_time_are_told_from_other_words():
    words = Words()
    assert (words["45min"].amount, words["45min"].unit) == (45.0, 1.0)
    assert (words["hours"].amount, words["hours"].unit) == (0.0, 60.0)
    assert (words["umbrella"].amount, words["umbrella"].unit) == (0.0, 0.0)


def test_plain_english_is_told_by_so_many_of_its_own_words():
    assert Utterance("the waiter was there").english(2)
    assert not Utterance("umbrella waiter").english(1)
    assert not Utterance("the umbrella").english(2)


def test_a_word_of_another_language_is_foreign_and_so_is_another_script():
    assert Utterance("Great gezellig place").foreign()
    assert Utterance("good плохо").foreign()
    assert not Utterance("a great place").foreign()


def test_an_empty_text_has_no_words():
    said = Utterance("")
    assert (said.tokens, said.words, said.notable) == ([], [], [])
    assert not said.english(1)
    assert not said.foreign()


@given(st.text())
def test_any_text_has_a_word_for_every_token(text):
    said = Utterance(text)
    assert len(said.words) == len(said.tokens)
    assert [place for place, _ in said.notable] == sorted({place for place, _ in said.notable})
    assert all(said.words[place] is word for place, word in said.notable)


def test_a_cache_that_is_full_is_emptied_and_answers_as_before(monkeypatch):
    monkeypatch.setattr("repmon.steps.understanding.words._MOST_KEPT", 5)
    words = Words()
    values = [words[token].value for token in ("good", *(f"word{n}" for n in range(50)), "good")]
    assert len(words) <= 5
    assert values[0] == values[-1] > 0


def test_a_giant_token_is_looked_up_and_not_kept():
    words = Words()
    assert words["x" * 100_000].value == 0.0
    assert len(words) == 0
