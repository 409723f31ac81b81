"""Failed deliveries come back later and later, spread out, for about a day."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from repmon.steps.alerting.backoff import WAITS, next_attempt

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def waits_of(attempts: int, retry_after: float | None = None) -> list[float]:
    return [
        (next_attempt(attempts, START, START, random.Random(seed), retry_after) - START).total_seconds()
        for seed in range(200)
    ]


@pytest.mark.parametrize(("attempts", "usual"), [*enumerate(WAITS, 1), (20, WAITS[-1])])
def test_each_failure_waits_its_turn_spread_around_the_usual_time(attempts, usual):
    waits = waits_of(attempts)
    assert min(waits) >= usual * 0.5
    assert max(waits) <= usual * 1.5
    assert max(waits) - min(waits) > usual * 0.8


def test_a_dead_target_is_given_up_after_about_a_day():
    for seed in range(50):
        rng, now, attempts = random.Random(seed), START, 1
        while (at := next_attempt(attempts, START, now, rng)) is not None:
            now, attempts = at, attempts + 1
        assert timedelta(hours=18) < now - START <= timedelta(hours=24)
        assert 9 <= attempts <= 20


def test_retry_after_is_never_undercut():
    assert min(waits_of(1, retry_after=300.0)) >= 300.0
    assert min(waits_of(6, retry_after=1.0)) >= WAITS[5] * 0.5


def test_an_absurd_retry_after_does_not_silence_a_channel():
    assert max(waits_of(1, retry_after=10.0**9)) <= 7 * 3600


def test_a_message_older_than_a_day_still_gets_its_tries():
    late = START + timedelta(days=3)
    assert next_attempt(1, START, late, random.Random(1)) is not None
    assert next_attempt(6, START, late, random.Random(1)) is None


def test_a_clock_that_went_backwards_gives_nothing_up():
    assert next_attempt(12, START, START - timedelta(days=2), random.Random(1)) is not None
