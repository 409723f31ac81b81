"""Phrases on the rise: tested, supported, and said once."""

import random

import pytest

from repmon.steps.rising import Said, fisher, rising
from tests.steps.judged import BLAME, EITHER, PRAISE


def weeks(count, seed, *, complaint=0.3):
    """Reviews in which nothing rises."""
    rng = random.Random(seed)
    found = []
    for _ in range(count):
        unhappy = rng.random() < complaint
        parts = [rng.choice(BLAME if unhappy else PRAISE), *rng.sample(EITHER, 2), f"table {rng.random()}"]
        found.append(Said(". ".join(parts), unhappy))
    return found


def test_a_complaint_that_became_frequent_is_named():
    recent = weeks(30, 1) + [Said(f"The air conditioning was off again, room {n}.", True) for n in range(6)]
    found = rising(recent, weeks(300, 2))
    assert [(one.phrase, one.side, one.count, one.before) for one in found] == [
        ("air conditioning", "complaint", 6, 0)
    ]  # fmt: skip
    assert found[0].p < 0.001


def test_praise_is_told_from_complaint():
    recent = weeks(30, 1) + [Said(f"Try the rhubarb cake, visit {n}.", False) for n in range(6)]
    assert {(one.side, one.phrase) for one in rising(recent, weeks(300, 2))} == {("praise", "rhubarb cake")}


def test_what_was_always_frequent_does_not_rise():
    assert rising(weeks(60, 3), weeks(600, 4)) == ()


def test_chance_alone_names_hardly_anything():
    assert sum(len(rising(weeks(40, seed), weeks(200, 1000 + seed))) for seed in range(30)) <= 3


def test_two_reviews_are_no_rise():
    recent = weeks(30, 1) + [Said(f"The air conditioning was off, room {n}.", True) for n in range(2)]
    assert rising(recent, weeks(300, 2)) == ()


def test_one_text_posted_often_counts_once():
    recent = weeks(30, 1) + [Said("The air conditioning was off.", True)] * 20
    assert rising(recent, weeks(300, 2)) == ()


def test_accents_and_capitals_do_not_matter_and_are_shown():
    recent = weeks(30, 1) + [Said(f"Le café était fermé, table {n}", True) for n in range(3)]
    recent += [Said(f"CAFE ferme, table {n}", True) for n in range(9, 12)]
    assert any("café" in one.phrase for one in rising(recent, weeks(300, 2)))


def test_without_earlier_reviews_nothing_can_rise():
    assert rising(weeks(30, 1), []) == ()
    assert rising([], weeks(30, 1)) == ()


@pytest.mark.parametrize(
    ("table", "p"),
    [
        ((3, 4, 1, 4), 17 / 70),  # Fisher's tea-tasting lady
        ((4, 4, 0, 4), 1 / 70),
        ((0, 10, 5, 10), 1.0),
        ((5, 5, 5, 5), 1.0),
        ((0, 0, 0, 0), 1.0),
    ],
)
def test_the_test_is_fishers(table, p):
    assert fisher(*table) == pytest.approx(p)


@pytest.mark.parametrize(
    "text", ["", "😡" * 50, "\ud800", "\x00\u200b", "1 2 3", "bad " * 10_000, "خدمة سيئة", "x" * 2**20]
)
def test_bad_texts_are_counted_without_an_error(text):
    recent = [Said(f"{text} {n}", True) for n in range(5)]
    assert all(one.count <= 5 for one in rising([*recent, *weeks(10, 1)], weeks(50, 2)))
