"""CSAT and CES answers: the lower half of the scale is unhappy, whatever the words say."""

import pytest

from repmon.review import Review, Understanding, is_unhappy, share_given
from repmon.steps.drafting.cases import case_of
from repmon.steps.messages.why import why
from repmon.steps.understanding.score import score
from tests.steps.event import facts as facts_of


def answered(scale, given, out_of, text=""):
    return Review(source="s", external_id="1", kind="survey", scale=scale, given=given, out_of=out_of, text=text)


UNHAPPY = [("csat", 1, 5), ("csat", 2, 5), ("ces", 3, 7), ("ces", 1, 7), ("ces", 2, 5), ("csat", 4, 10),
           ("csat", 0, 10), ("csat", 20, 100), ("csat", 1, 3), ("csat", 2, 4), ("nps", 6, 10),
           ("nps", 0, 10)]  # fmt: skip
CONTENT = [("csat", 3, 5), ("csat", 4, 5), ("csat", 5, 5), ("ces", 4, 7), ("ces", 7, 7), ("csat", 6, 10),
           ("csat", 2, 3), ("csat", 80, 100), ("nps", 7, 10)]  # fmt: skip


@pytest.mark.parametrize(("scale", "given", "out_of"), UNHAPPY)
def test_a_low_answer_is_unhappy_without_a_word(scale, given, out_of):
    review = answered(scale, given, out_of)
    found = score(review)
    assert is_unhappy(review, found)
    assert found.label == "negative"


@pytest.mark.parametrize(("scale", "given", "out_of"), CONTENT)
def test_a_better_answer_is_not(scale, given, out_of):
    review = answered(scale, given, out_of)
    assert not is_unhappy(review, score(review))


def test_an_answer_settles_it_against_the_words_which_are_called_a_contradiction():
    kind, angry = (answered("csat", given, 5, text) for given, text in [
        (1, "Wonderful, lovely, the best!"), (5, "Horrible, rude, the worst. Never again!")])  # fmt: skip
    assert is_unhappy(kind, score(kind))
    assert not is_unhappy(angry, score(angry))
    assert score(kind).conflict
    assert score(angry).conflict


def test_the_answer_is_the_first_reason_and_the_reasons_still_add_up():
    found = score(answered("ces", 2, 7, "It was a terrible hassle."))
    assert found.reasons[0].text == "CES 2"
    assert sum(reason.value for reason in found.reasons) == pytest.approx(found.raw)


def test_no_answer_leaves_it_to_the_words():
    review = answered("csat", None, None, "Terrible, rude and slow.")
    assert share_given(review) is None
    assert is_unhappy(review, score(review))


def test_a_person_has_the_last_word():
    assert not is_unhappy(answered("csat", 1, 5), None, "positive")


@pytest.mark.parametrize(("given", "case"), [(1, "stars_low"), (3, "stars_mid"), (5, "stars_high")])
def test_a_draft_speaks_to_the_answer_where_there_are_no_words(given, case):
    review = answered("csat", given, 5)
    assert case_of(review, score(review)) == case


def test_the_reason_names_the_answer():
    review = answered("ces", 2, 7)
    facts = facts_of(review=review, understanding=Understanding(score(review)), unhappy=True)
    assert why(facts, review).startswith("CES 2 of 7")
