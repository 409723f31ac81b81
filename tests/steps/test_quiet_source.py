"""How long a silence is normal, and the sentence that says so."""

from datetime import timedelta

import pytest

from repmon.steps.alerting.quiet_source import Past, silence, words
from repmon.wording import say
from tests.steps.event import NOW

BUSY = Past(reviews=78, weeks=26.0, last=NOW, watched=NOW - timedelta(days=400))
SLOW = Past(reviews=20, weeks=26.0, last=NOW, watched=NOW - timedelta(days=400))


def sentence(past, **span):
    found = silence(past, NOW + timedelta(**span))
    assert found is not None
    return say(*words(found, past, 96, 96))


def test_a_normal_silence_is_called_normal():
    assert sentence(SLOW, days=4) == (
        "Read 96 of 96 times; nothing new in 4 days is normal here (about 1 in 9 days)."
    )  # fmt: skip
    assert "(about 3.0 a week)" in sentence(BUSY, days=2)


def test_a_silence_that_chance_does_not_explain_asks_to_check_the_connector():
    assert sentence(BUSY, days=21) == (
        "Read 96 of 96 times; 0 new reviews in 21 days, 8.9 would be usual: check the connector."
    )


def test_less_than_a_week_is_never_suspicious():
    found = silence(Past(2600, 26.0, NOW, NOW), NOW + timedelta(days=6))
    assert found is not None
    assert found.chance < 1e-6
    assert not found.suspicious


def test_the_chance_is_the_gamma_poisson_chance_of_nothing():
    """With 77.5 + 0.5 reviews in 25.5 + 0.5 weeks, three a week, two more weeks: (1 + 2/26)^-78."""
    found = silence(Past(77, 25.5, NOW, NOW), NOW + timedelta(weeks=2))
    assert found is not None
    assert found.chance == pytest.approx((1 + 2 / 26) ** -77.5)
    assert found.expected == pytest.approx(77.5 / 26 * 2)


def test_too_little_history_says_nothing():
    assert silence(Past(4, 26.0, NOW, NOW), NOW + timedelta(days=90)) is None
    assert silence(Past(40, 3.0, NOW, NOW), NOW + timedelta(days=90)) is None
