"""Labels, reasons that add up, stars that lead, and what is left unknown."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from repmon.review import Review
from repmon.steps.clean import clean
from repmon.steps.understanding.remarks import remarks
from repmon.steps.understanding.score import score
from tests.shared import dataset

VADER = SentimentIntensityAnalyzer()


def review(text="", rating=None, **more):
    return Review(source="s", external_id="1", text=text, rating=rating, **more)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The soup was cold and nobody came for 40 minutes.", "negative"),
        ("Never again.", "negative"),
        ("Waited an hour, got the wrong order", "negative"),
        ("I would not recommend this place.", "negative"),
        ("Food was great but the waiter was rude and we left hungry.", "negative"),
        ("Don\u2019t go here.", "negative"),
        ("Great location, terrible rooms.", "mixed"),
        ("Not bad at all, no complaints.", "positive"),
        ("Lovely place, great food", "positive"),
        ("We had lunch on Tuesday with the family.", "neutral"),
        ("Die Suppe war kalt und die Bedienung schlecht", "unknown"),
        ("Het eten was koud", "unknown"),
        ("", "unknown"),
        ("12345", "unknown"),
        ("\U0001f60d\U0001f60d", "positive"),
    ],
)
def test_a_review_without_rating_is_scored_by_its_text(text, label):
    assert score(review(text)).label == label


@pytest.mark.parametrize(
    ("rating", "label"), [(1.0, "negative"), (2.0, "negative"), (3.0, "neutral"), (4.0, "positive"), (5.0, "positive")]
)
def test_stars_alone_settle_the_label(rating, label):
    found = score(review(rating=rating))
    assert (found.label, found.conflict) == (label, False)
    assert [reason.text for reason in found.reasons] == [f"★ {rating:g}"]


@pytest.mark.parametrize(
    "text", ["Terrible awful horrible disgusting, never again!!!!", "Best, great, wonderful, lovely, perfect!!!!", ""]
)
@pytest.mark.parametrize("rating", [1.0, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0])
def test_stars_lead_whatever_the_words_say(text, rating):
    found = score(review(text, rating))
    side = -1 if rating <= 2 else 1 if rating >= 4 else 0
    assert (found.score >= 0.3, found.score <= -0.3) == (side > 0, side < 0)
    assert found.label in {-1: {"negative"}, 0: {"neutral", "mixed"}, 1: {"positive"}}[side]


def test_words_that_contradict_the_stars_are_a_conflict():
    assert score(review("Terrible, rude staff, never again", 5.0)).conflict
    assert score(review("Wonderful place, best pizza ever", 1.0)).conflict
    assert not score(review("Lovely food and great wine, but the staff was rude and the room dirty", 5.0)).conflict
    assert not score(review("Das ist die schlimmste Bank", 5.0)).conflict


@pytest.mark.parametrize(
    ("more", "label"),
    [
        ({"scale": "nps", "given": 6.0}, "negative"),
        ({"scale": "nps", "given": 0.0}, "negative"),
        ({"scale": "nps", "given": 8.0}, "neutral"),
        ({"scale": "nps", "given": 10.0}, "positive"),
        ({"recommended": False}, "negative"),
        ({"recommended": True}, "positive"),
    ],
)
@pytest.mark.parametrize("text", ["", "great great great great", "awful awful awful awful"])
def test_survey_answers_and_recommendations_lead_like_stars(more, label, text):
    assert score(review(text, **more)).label == label


def test_title_and_text_are_scored_together_and_a_repeated_title_once():
    assert (
        score(review("Lovely food", title="Never again")).compound
        == VADER.polarity_scores("Never again\nLovely food")["compound"]
    )
    assert (
        score(review("Great food and wine", title="Great food…")).compound
        == score(review("Great food and wine")).compound
    )


def test_a_translation_is_scored_and_the_language_is_the_reviewers():
    for given_review in (
        review("(Translated by Google) The soup was cold and awful\n\n(Original)\nDe soep was koud en niet lekker"),
        review("De soep was koud en niet lekker", translation="The soup was cold and awful"),
    ):
        found = score(given_review)
        assert (found.label, found.language) == ("negative", "nl")
        assert found.compound == VADER.polarity_scores("The soup was cold and awful")["compound"]


def test_an_unread_language_gives_no_figure():
    found = score(review("Die Suppe war kalt", 5.0))
    assert (found.compound, found.language, len(found.reasons)) == (0.0, "de", 1)


@settings(max_examples=200)
@given(
    st.text(st.characters(codec=None)),
    st.sampled_from([None, 1.0, 3.0, 5.0]),
    st.sampled_from(["", "The food was good and "]),
)
def test_any_review_has_a_label_and_reasons_that_sum_to_its_score(text, rating, start):
    found = score(review(start + text, rating))
    assert found.raw == sum(reason.value for reason in found.reasons)
    assert found.score == pytest.approx(found.raw / (found.raw**2 + 15) ** 0.5, abs=1e-12)
    if found.language == "en":
        assert found.compound == VADER.polarity_scores(clean(start + text))["compound"]


BAD = {
    "one word": "terrible " * 110_000,
    "one character": "x" * 1_000_000,
    "capitals": "AWFUL but good! " * 60_000,
    "emoji": "\U0001f60d\U0001f44e" * 400_000,
    "right to left": "\u202e\u05d8\u05e2\u05d9\u05dd very good " * 50_000,
    "mixed scripts": "good плохо 很好 bad " * 50_000,
    "control": "bad\x00\x01\x02 " * 150_000,
    "surrogates": "\ud800 bad" * 150_000,
    "waits": "waited for more than " * 45_000,
    "numbers": "12345 " * 160_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD)
def test_a_megabyte_of_bad_input_gives_a_label_in_linear_time(name):
    start = time.process_time()
    found = score(review(BAD[name]), ("en",))
    assert time.process_time() - start < 10
    assert found.label in {"positive", "mixed", "neutral", "negative", "unknown"}
    assert len(found.reasons) <= 101


def test_a_negation_turns_a_remark_over_within_its_clause():
    assert remarks("Not expensive at all")[0][1] > 0
    assert remarks("I did not, overpriced food")[0][1] < 0
    assert remarks("not only overpriced")[0][1] < 0


def test_a_remark_does_not_reach_past_a_full_stop():
    assert remarks("I never. Again I say") == []
    assert [text for text, _ in remarks("We waited for almost 45 minutes!")] == ["waited for almost 45 minutes"]
    assert remarks("We waited for 5 minutes") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We waited 45 minutes.", "waited 45 minutes"),
        ("It took 45 minutes to get food", "took 45 minutes"),
        ("Waiting 30-40 minutes for a coffee", "Waiting 30-40 minutes"),
        ("After 45+ minutes we left", "After 45+ minutes"),
        ("Waited over an hour", "Waited over an hour"),
        ("It took 2 hours", "took 2 hours"),
        ("An hour and a half wait for a soup", "hour and a half wait"),
    ],
)
def test_a_long_wait_is_a_complaint_however_its_length_is_written(text, words):
    assert remarks(text) == [(words, -2.5)]


@pytest.mark.parametrize("text", ["We waited 5 minutes.", "It took 10 minutes", "Waited 5-10 minutes", "45 minutes"])
def test_a_short_wait_is_no_complaint(text):
    assert remarks(text) == []


def test_real_reviews_by_text_alone_are_told_apart_well():
    rows = [row for row in dataset("google_maps_amsterdam") if row.get("text") and row["stars"] != 3][::12]
    found = [(row["stars"] <= 2, score(review(row["text"]), ("en", "nl")).label == "negative") for row in rows]
    right = sum(bad and said for bad, said in found)
    recall = right / sum(bad for bad, _ in found)
    precision = right / sum(said for _, said in found)
    assert recall >= 0.70
    assert precision >= 0.75
