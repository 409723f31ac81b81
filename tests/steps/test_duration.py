"""How long something took, as people write it."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repmon.steps.understanding.duration import duration, measured

HOUR, DAY, WEEK = 60, 1_440, 10_080


def read(text):
    return duration([counted(word) for word in text.split()], 0)


def counted(word):
    amount, unit = measured(word)
    return SimpleNamespace(folded=word, amount=amount, unit=unit)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45min", 45), ("45 min", 45), ("45 minutes", 45), ("45+ minutes", 45), ("30-40 minutes", 30),
        ("twenty five minutes", 25), ("twenty-minute", 20), ("1.5 hours", 90), ("1,5 hours", 90), ("1 1/2 hours", 90),
        ("one and a half hours", 90), ("an hour and a half", 90), ("1h30", 90), ("1 hour and 20 minutes", 80),
        ("1 hour 20 min", 80), ("2h", 120), ("3 hrs", 180), ("half an hour", 30), ("a good half hour", 30),
        ("three quarters of an hour", 45), ("3/4 of an hour", 45), ("a couple of hours", 120), ("a whole hour", 60),
        ("over an hour", 60), ("for more than two hours", 120), ("two-hour", 120), ("hours", 120),
        ("10 days", 10 * DAY), ("5 working days", 5 * DAY), ("3 weeks", 3 * WEEK), ("2 or 3 weeks", 2 * WEEK),
        ("half a dozen weeks", 6 * WEEK),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read_however_it_is_written(text, minutes):
    assert read(text) == (len(text.split()), minutes)


@pytest.mark.parametrize(
    "text", ["5 people", "an email", "2,300 euros", "a", "45", "hour", "one of the minutes", "5/5"]
)
def test_what_is_no_length_of_time_is_none(text):
    assert read(text) is None


def test_it_ends_with_its_unit():
    assert read("45 minutes for a soup") == (2, 45)
    assert read("an hour and then we left") == (2, HOUR)


WORDS = [
    "a",
    "an",
    "half",
    "1.5",
    "2h",
    "45min",
    "and",
    "or",
    "of",
    "hour",
    "hours",
    "minutes",
    "over",
    "twenty",
    "x",
    "1/2",
]


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(min_size=1).filter(str.strip)), min_size=1, max_size=12))
def test_any_words_are_read_without_an_error(words):
    found = duration([counted(word) for word in words], 0)
    assert found is None or (0 < found[0] <= len(words) and found[1] >= 0)
