"""A digest is due once a day or week by the wall clock, on the days when the clock is changed, too."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from repmon.steps.digest.period import Rhythm, bounds, last_due, period_on, period_until

AMSTERDAM, NEW_YORK = "Europe/Amsterdam", "America/New_York"
EARLY = Rhythm(time(2, 30), AMSTERDAM)
WEEKLY = Rhythm(time(8), AMSTERDAM, weekday=0)


def ends(rhythm: Rhythm, start: datetime, days: int) -> list[datetime]:
    """Every end that a watch once a minute would see."""
    minutes = (start + timedelta(minutes=at) for at in range(days * 24 * 60))
    return list(dict.fromkeys(last_due(rhythm, now).end for now in minutes))


@pytest.mark.parametrize(
    ("zone", "start", "due"),
    [
        (AMSTERDAM, datetime(2026, 3, 28, 12, tzinfo=UTC), ["28 01:30", "29 01:00", "30 00:30"]),
        (AMSTERDAM, datetime(2026, 10, 24, 12, tzinfo=UTC), ["24 00:30", "25 00:30", "26 01:30"]),
        (NEW_YORK, datetime(2026, 3, 7, 12, tzinfo=UTC), ["07 07:30", "08 07:00", "09 06:30"]),
    ],
    ids=["spring", "autumn", "spring over there"],
)  # fmt: skip
def test_half_past_two_comes_once_on_every_day(zone, start, due):
    found = ends(Rhythm(time(2, 30), zone), start, 2)
    assert [f"{end:%d %H:%M}" for end in found] == due


def test_a_weekly_one_is_due_on_its_weekday_and_tells_of_the_days_since_the_last():
    period = last_due(WEEKLY, datetime(2026, 4, 1, 12, tzinfo=UTC))
    assert period.day == date(2026, 3, 30)
    assert period.end == datetime(2026, 3, 30, 6, tzinfo=UTC)
    assert period.start == datetime(2026, 3, 23, 7, tzinfo=UTC)


def test_it_is_due_from_the_very_moment_on():
    end = datetime(2026, 3, 30, 6, tzinfo=UTC)
    assert last_due(WEEKLY, end).end == end
    assert last_due(WEEKLY, end - timedelta(microseconds=1)).end == datetime(2026, 3, 23, 7, tzinfo=UTC)


def test_the_periods_of_a_chart_follow_each_other_without_a_gap():
    period = period_on(WEEKLY, date(2026, 4, 13))
    cuts = bounds(WEEKLY, period, 8)
    assert cuts[-2:] == [period.start, period.end]
    assert len(cuts) == 9
    assert {round((late - early) / timedelta(hours=1)) for early, late in pairwise(cuts)} == {168, 167}


def test_a_preview_ends_now_and_is_as_long_as_a_period():
    now = datetime(2026, 3, 30, 9, 17, tzinfo=UTC)
    period = period_until(EARLY, now)
    assert (period.end, now - period.start) == (now, timedelta(hours=24))


def test_a_weekly_one_may_be_three_days_late_and_a_daily_one_until_the_evening():
    assert (WEEKLY.late, EARLY.late) == (timedelta(days=3), timedelta(hours=20))
