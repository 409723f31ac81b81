"""Reasons in words: most quote the text, some name what no word shows."""

import pytest

from repmon.review import Reason, Review
from repmon.steps.understanding.said import length_reason, quotes, rest_reason, said, whole_reason
from repmon.steps.understanding.score import score

STORY = (
    "We ordered on Monday and on Thursday somebody came with a box that was meant for the house across the road, so we "
    "put it on the table in the hall and wrote to the shop."
)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (length_reason(85, -1.8), "85 words with little praise"), (whole_reason(0.5), "the text as a whole"),
        (rest_reason(0.5), "other words"), (Reason("…", 0.5), "other words"), (Reason("cold soup", -2.0), "cold soup"),
        (Reason("~long story", -2.0), "~long story"), (Reason("★ 2", -3.0), "★ 2"),
    ],
)  # fmt: skip
def test_a_reason_is_said_in_words_a_person_understands(reason, words):
    assert said(reason) == words


def test_only_a_reason_in_its_own_words_quotes_the_text():
    assert quotes(Reason("cold soup", -2.0))
    assert not quotes(length_reason(85, -1.8))


def test_a_long_story_without_praise_is_a_complaint_and_says_why():
    found = score(Review("", "", text=STORY, language="en"))
    assert found.label == "negative"
    assert said(found.reasons[-1]) == f"{len(STORY.split())} words with little praise"
    assert found.raw == sum(reason.value for reason in found.reasons)


def test_a_long_text_full_of_praise_is_left_alone():
    found = score(Review("", "", text=f"Wonderful, excellent, perfect, great shop. {STORY}", language="en"))
    assert found.label == "positive"
    assert all(map(quotes, found.reasons))


def test_stars_are_not_weighed_against_length():
    assert all(map(quotes, score(Review("", "", text=STORY, rating=5.0, language="en")).reasons))


def test_a_word_that_is_a_set_phrase_as_well_is_one_reason():
    found = score(Review("", "", text="Avoid.", language="en"))
    assert [reason.text for reason in found.reasons] == ["Avoid"]
    assert found.raw == sum(reason.value for reason in found.reasons)
