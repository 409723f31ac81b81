"""Turns: so many at once, and as many again with time; for each key by itself, and for any number of keys."""

from datetime import UTC, datetime, timedelta

from repmon.web import rate
from repmon.web.rate import Rate

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_turns_come_back_one_by_one():
    turns = Rate(3, 60)
    assert [turns.wait("a", NOW) for _ in range(4)] == [0, 0, 0, 20]
    assert turns.wait("b", NOW) == 0
    later = NOW + timedelta(seconds=20)
    assert [turns.wait("a", later), turns.wait("a", later)] == [0, 20]


def test_a_clock_that_is_set_back_gives_no_turns_and_takes_none():
    turns = Rate(1, 60)
    assert turns.wait("a", NOW) == 0
    assert turns.wait("a", NOW - timedelta(hours=1)) == 60


def test_the_keys_that_are_remembered_are_limited(monkeypatch):
    monkeypatch.setattr(rate, "MOST_KEYS", 10)
    turns = Rate(1, 60)
    for number in range(100):
        assert turns.wait(str(number), NOW) == 0
    assert len(turns._spent) <= 10
