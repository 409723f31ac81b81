"""The linear engine against the package it must equal."""

import random
import time
from itertools import islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
    normalize,
)

from repmon.steps.understanding.lexicon import emoji, valences
from repmon.steps.understanding.valence import valence
from tests.shared import dataset

VADER = SentimentIntensityAnalyzer()
MARKS = """but But BUT no No NO so this least at very kind of sort just enough never without doubt or nor I A NOT VERY
!!! ??? ? ! good! bad? :) ;) <3 :D"""
PLAIN = "the food was here"
SETS = [
    "google_maps_amsterdam",
    "hutto_ground_truth",
    "tripadvisor_barcelona",
    "trustpilot_bank_be",
    "absa_restaurants",
]


WORDS = ["good", "bad", "great", "GOOD", "but", "not", "nice", "horrible", "so", "this"]


def same(text):
    """Whether compound is VADER's to the last digit, and the parts sum to what VADER squashed."""
    ours = valence(text)
    theirs = VADER.polarity_scores(text)["compound"]
    total = sum(value for _, value in ours.parts)
    return repr(ours.compound) == repr(theirs) and repr(round(normalize(float(total)), 4)) == repr(theirs)


def vocabulary(rng):
    scored = rng.sample(sorted(valences()), 400)
    idioms = [word for phrase in SPECIAL_CASES for word in phrase.split()]
    words = [*NEGATE, *BOOSTER_DICT, *SPECIAL_CASES, *idioms * 3, *MARKS.split() * 3, *scored, *PLAIN.split()]
    signs = rng.sample(sorted(emoji()), 60)
    return [*words, *(word.upper() for word in rng.sample(words, 150)), *signs, *(sign + "good" for sign in signs[:20])]


def test_generated_texts_score_as_the_package_scores_them():
    rng = random.Random(20)
    words = vocabulary(rng)
    texts = [" ".join(rng.choices(words, k=rng.randint(1, 16))) for _ in range(6_000)]
    assert [text for text in texts if not same(text)] == []


@settings(max_examples=200)
@given(st.text())
@example("good but good but bad but good")
@example("The \U0001f1f3 \u00a9 NOT good!")
@example("no no no bad or nor good no")
def test_any_text_scores_as_the_package_scores_it(text):
    assert same(text)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_repeated_values_around_but_are_found_in_the_order_the_package_finds_them(words):
    assert same(" ".join(words))


@pytest.mark.parametrize("name", SETS)
def test_real_reviews_score_as_the_package_scores_them(name):
    rows = islice(dataset(name), 800)
    texts = [row[key] for row in rows for key in ("text", "title") if row.get(key)]
    assert [text for text in texts if not same(text)] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_all_real_reviews_score_as_the_package_scores_them(name):
    texts = [row[key] for row in dataset(name) for key in ("text", "title", "text_original") if row.get(key)]
    assert [text for text in texts if not same(text)] == []


def test_parts_name_the_words_and_what_modified_them():
    assert valence("The soup was not very good, but the staff was LOVELY!!!").parts == (
        ("not very good", pytest.approx(-0.8114, abs=1e-3)),
        ("LOVELY", pytest.approx(5.2995, abs=1e-3)),
        ("!!!", pytest.approx(0.876)),
    )


def test_an_emoji_is_shown_as_itself():
    assert valence("Food \U0001f60d here").parts == (("\U0001f60d", 2.0),)


def test_a_text_without_scored_words_has_no_parts():
    assert valence("It was open!!").parts == ()
    assert valence("").compound == 0.0


def test_a_hostile_word_between_negation_and_scored_word_is_not_shown():
    assert valence("not " + "x" * 100_000 + " good").parts == (("good", pytest.approx(-1.406)),)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["good ", "BAD bad but ", "\U0001f601 good ", "not very good, but kind of bad! ", "x", "no "]
)
def test_long_texts_are_scored_in_linear_time(words):
    def seconds(size):
        text = words * (size // len(words))
        start = time.process_time()
        valence(text)
        return time.process_time() - start

    small = min(seconds(100_000) for _ in range(3))
    assert small < 0.6  # typically 0.03; the machine may be busy
    assert seconds(500_000) < 20 * small + 0.5
