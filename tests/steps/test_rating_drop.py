"""A drop of the stars is said when it is real and large enough to matter, and not when the mix of sources changed."""

import random
from collections import Counter

import pytest

from repmon.steps.alerting.rating_drop import drop

GOOD = {5: 40, 4: 20, 3: 5, 2: 3, 1: 4}


def test_a_real_drop_is_seen():
    found = drop({1: (GOOD, {5: 5, 4: 4, 3: 3, 2: 4, 1: 8})})
    assert found is not None
    assert (found.reviews, found.before_reviews) == (24, 72)
    assert found.before == pytest.approx(4.24, abs=0.01)
    assert found.now == pytest.approx(2.75, abs=0.01)
    assert found.chance < 0.001


def test_two_bad_reviews_among_eight_are_bad_luck():
    assert drop({1: (GOOD, {5: 4, 4: 2, 1: 2})}) is None


def test_a_small_drop_is_not_worth_a_message_however_certain():
    before, now = {5: 9000, 4: 1000}, {5: 7500, 4: 2500}
    assert drop({1: (before, now)}) is None


@pytest.mark.parametrize(("before", "now"), [(GOOD, {1: 7}), ({5: 11}, {1: 30}), ({}, {1: 30})])
def test_too_few_reviews_say_nothing(before, now):
    assert drop({1: (before, now)}) is None


def test_a_rise_is_no_drop():
    assert drop({1: ({1: 40, 2: 20}, {5: 30})}) is None


def test_a_stricter_source_that_becomes_busier_is_no_drop():
    kind, strict = {5: 45, 4: 15}, {2: 10, 1: 10}
    assert drop({1: (kind, {5: 9, 4: 3}), 2: (strict, {2: 20, 1: 20})}) is None
    assert drop({1: (kind, {5: 9, 4: 3}), 2: ({}, {2: 20, 1: 20})}) is None


def test_all_the_same_stars_are_no_drop():
    assert drop({1: ({5: 50}, {5: 20})}) is None


def some(rng, number, weights=(50, 22, 8, 7, 13)):
    """So many stars by chance, five to one weighted."""
    return dict(Counter(rng.choices([5, 4, 3, 2, 1], weights, k=number)))


def test_chance_alone_hardly_ever_makes_a_drop():
    """Of looks at places where nothing changed at most one in a hundred is wrong."""
    rng = random.Random(4)
    looks = [drop({1: (some(rng, 45), some(rng, 15))}) for _ in range(1500)]
    assert sum(1 for each in looks if each) <= 15


def test_one_and_a_half_stars_less_are_seen_with_fifteen_reviews():
    rng = random.Random(5)
    found = [drop({1: (some(rng, 45), some(rng, 15, (15, 15, 10, 20, 40)))}) for _ in range(200)]
    assert sum(1 for each in found if each) >= 130
