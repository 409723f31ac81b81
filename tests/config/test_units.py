"""Lengths of time, addresses, hours and stars are read as people write them."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from repmon.config import units


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("15m", 900), ("2h", 7200), ("1d", 86_400), ("1w", 604_800), ("2y", 63_072_000), ("1h 30m", 5400)],
)
def test_a_length_of_time_is_a_number_and_a_unit(text, seconds):
    assert units.duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "15", "m", "-1m", "0s", "1.5h", "15 minutes", "٣m", "999999999y", 15, True, None])
def test_anything_else_is_no_length_of_time(text):
    with pytest.raises(units.Wrong):
        units.duration(text)


@effort(deadline=None)
@given(st.integers(1, 100 * 365 * 86_400))
def test_a_length_of_time_is_spelled_as_it_can_be_read(seconds):
    length = timedelta(seconds=seconds)
    assert units.duration(units.spell(length)) == length


@pytest.mark.parametrize(
    ("text", "bounds"),
    [("<=2", (0, 2)), ("4", (4, 4)), ("=4", (4, 4)), ("1-3", (1, 3)), (">=4", (4, 5)), (" <= 2.5 ", (0, 2.5))],
)
def test_stars_are_a_range_with_both_ends(text, bounds):
    assert units.stars(text) == bounds


@pytest.mark.parametrize(("text", "inside", "outside"), [("<3", 2.99, 3.0), (">3", 3.01, 3.0)])
def test_less_than_leaves_the_bound_out(text, inside, outside):
    low, high = units.stars(text)
    assert low <= inside <= high
    assert not low <= outside <= high


@pytest.mark.parametrize("text", ["", "6", ">5", "<0", "3-1", "<=1-3", "five", "1-9", "nan"])
def test_impossible_stars_are_refused(text):
    with pytest.raises(units.Wrong):
        units.stars(text)


def test_hours_may_pass_midnight():
    assert units.hours("22:00-07:30") == (time(22), time(7, 30))


@pytest.mark.parametrize("text", ["24:00-07:00", "22:60-07:00", "22-7", "07:00-07:00", "22:00"])
def test_impossible_hours_are_refused(text):
    with pytest.raises(units.Wrong):
        units.hours(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [("127.0.0.1:8080", ("127.0.0.1", 8080)), ("[::1]:0", ("::1", 0)), ("desk.example:80", ("desk.example", 80))],
)
def test_an_address_is_a_host_and_a_port(text, place):
    assert units.address(text) == place


@pytest.mark.parametrize("text", ["8080", ":8080", "127.0.0.1", "127.0.0.1:x", "h:65536", "::1:80", "[h]:80", "a b:1"])
def test_half_an_address_is_refused(text):
    with pytest.raises(units.Wrong):
        units.address(text)
