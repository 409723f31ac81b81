"""Quiet hours begin and end once a night, on the days when the clock is changed too."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from repmon.steps.alerting.quiet_hours import QuietHours, quiet_until

AMSTERDAM, NEW_YORK = "Europe/Amsterdam", "America/New_York"


def hours(said: str, zone: str = AMSTERDAM) -> QuietHours:
    start, end = (time.fromisoformat(part) for part in said.split("-"))
    return QuietHours(start, end, zone)


def at(said: str) -> datetime:
    return datetime.fromisoformat(said).astimezone(UTC)


@pytest.mark.parametrize(
    ("quiet", "now", "ends"),
    [
        ("22:00-07:00", "2026-03-02T21:59:59+01:00", None),
        ("22:00-07:00", "2026-03-02T22:00:00+01:00", "2026-03-03T07:00:00+01:00"),
        ("22:00-07:00", "2026-03-03T06:59:59+01:00", "2026-03-03T07:00:00+01:00"),
        ("22:00-07:00", "2026-03-03T07:00:00+01:00", None),
        ("12:30-13:30", "2026-03-03T13:00:00+01:00", "2026-03-03T13:30:00+01:00"),
        ("12:30-13:30", "2026-03-03T23:00:00+01:00", None),
    ],
)
def test_quiet_is_from_the_first_moment_to_the_last_also_over_midnight(quiet, now, ends):
    assert quiet_until(hours(quiet), at(now)) == (at(ends) if ends else None)


@pytest.mark.parametrize(
    ("zone", "quiet", "now", "ends"),
    [
        (AMSTERDAM, "22:00-07:00", "2026-03-28T23:00:00+01:00", "2026-03-29T07:00:00+02:00"),
        (AMSTERDAM, "22:00-07:00", "2026-10-24T23:00:00+02:00", "2026-10-25T07:00:00+01:00"),
        (NEW_YORK, "22:00-07:00", "2026-03-07T23:00:00-05:00", "2026-03-08T07:00:00-04:00"),
        (NEW_YORK, "22:00-07:00", "2026-10-31T23:00:00-04:00", "2026-11-01T07:00:00-05:00"),
    ],
)
def test_the_night_is_an_hour_shorter_in_spring_and_longer_in_autumn(zone, quiet, now, ends):
    assert quiet_until(hours(quiet, zone), at(now)) == at(ends)


@pytest.mark.parametrize(
    ("zone", "before", "jump"),
    [
        (AMSTERDAM, "2026-03-29T01:59:59+01:00", "2026-03-29T03:00:00+02:00"),
        (NEW_YORK, "2026-03-08T01:59:59-05:00", "2026-03-08T03:00:00-04:00"),
    ],
)
def test_an_end_that_the_clock_jumps_over_is_the_moment_of_the_jump(zone, before, jump):
    assert quiet_until(hours("22:00-02:30", zone), at(before)) == at(jump)
    assert quiet_until(hours("22:00-02:30", zone), at(jump)) is None


@pytest.mark.parametrize(
    ("zone", "between", "second"),
    [
        (AMSTERDAM, "2026-10-25T02:45:00+02:00", "2026-10-25T02:30:00+01:00"),
        (NEW_YORK, "2026-11-01T01:45:00-04:00", "2026-11-01T01:30:00-05:00"),
    ],
)
def test_an_end_that_comes_twice_is_the_second_one_and_nothing_wakes_in_between(zone, between, second):
    quiet = hours("22:00-02:30" if zone == AMSTERDAM else "22:00-01:30", zone)
    assert quiet_until(quiet, at(between)) == at(second)
    assert quiet_until(quiet, at(second)) is None


def test_a_beginning_that_comes_twice_is_the_first_one():
    assert quiet_until(hours("02:30-06:00"), at("2026-10-25T02:30:00+02:00")) == at("2026-10-25T06:00:00+01:00")
    assert quiet_until(hours("02:30-06:00"), at("2026-10-25T02:10:00+01:00")) == at("2026-10-25T06:00:00+01:00")


def test_a_beginning_that_the_clock_jumps_over_is_the_moment_of_the_jump():
    assert quiet_until(hours("02:30-06:00"), at("2026-03-29T03:00:00+02:00")) == at("2026-03-29T06:00:00+02:00")
    assert quiet_until(hours("02:30-06:00"), at("2026-03-29T01:59:00+01:00")) is None


wall_times = st.times(timezones=st.none()).map(lambda at: at.replace(second=0, microsecond=0, fold=0))
moments = st.integers(0, 366 * 86_400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
zones = st.sampled_from([AMSTERDAM, NEW_YORK, "Australia/Lord_Howe", "Asia/Kolkata"])


@given(wall_times, wall_times, zones, moments)
def test_an_end_lies_ahead_within_a_day(start, end, zone, now):
    assume(start != end)
    found = quiet_until(QuietHours(start, end, zone), now)
    assert found is None or now < found <= now + timedelta(hours=25)


@given(wall_times, wall_times, moments)
def test_where_no_clock_is_changed_the_wall_clock_alone_decides(start, end, now):
    assume(start != end)
    there = now.astimezone(ZoneInfo("Asia/Kolkata")).time()
    inside = start <= there < end if start < end else there >= start or there < end
    assert (quiet_until(QuietHours(start, end, "Asia/Kolkata"), now) is not None) == inside
