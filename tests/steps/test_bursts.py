"""Bursts of unhappy reviews: seen early, told from mailings, and hardly ever imagined."""

from datetime import timedelta

import pytest

from repmon.steps.alerting.bursts import WINDOWS, Span, Usual, burst, count_tail, goes_on, share_tail, usual
from tests.bench.bursts import ADDED, REPLACED, delay_curve, false_alarms

DAY = timedelta(days=1)
CALM = usual(Span(40, 8), Span(220, 44))  # one unhappy review a week, a fifth of all


def seen(unhappy, reviews, window=DAY, known=CALM):
    return burst({window: (Span(reviews, unhappy), known)})


def test_seven_unhappy_reviews_in_a_day_where_one_a_week_is_usual_are_a_burst():
    found = seen(7, 8)
    assert found is not None
    assert (found.unhappy, found.reviews, found.window) == (7, 8, DAY)
    assert found.expected == pytest.approx(1 / 7, abs=0.02)
    assert found.usual_share == pytest.approx(0.2, abs=0.01)


def test_two_unhappy_reviews_are_never_a_burst():
    assert seen(2, 2, known=usual(Span(400, 0), Span())) is None


def test_three_in_a_day_are_a_burst_where_unhappy_reviews_are_rare():
    assert seen(3, 3, known=usual(Span(30, 1), Span(150, 5))) is not None


def test_three_in_ten_days_are_none_where_two_are_usual():
    assert seen(3, 9, 10 * DAY) is None


def test_an_invitation_mailing_is_no_crisis():
    """95 reviews in a day after almost none, 18 of them unhappy: as large a share as ever."""
    assert seen(18, 95) is None
    assert seen(27, 95) is None
    assert seen(60, 95) is not None
    assert seen(18, 20) is not None


def test_a_place_whose_reviews_are_all_unhappy_does_not_cry_wolf():
    assert seen(4, 4, 7 * DAY, usual(Span(24, 24), Span(130, 130))) is None


def test_a_place_without_any_history_needs_more_than_three():
    assert seen(3, 3, known=usual(Span(), Span())) is None
    assert seen(6, 30, known=usual(Span(), Span())) is None


def test_the_least_likely_window_is_told():
    found = burst({w: (Span(5, 5), CALM) for w in WINDOWS})
    assert found is not None
    assert found.window == DAY


def test_an_incident_goes_on_while_unhappy_reviews_come_faster_than_usual():
    assert goes_on({DAY: (Span(2, 2), CALM)})
    assert not goes_on({DAY: (Span(1, 1), CALM), 3 * DAY: (Span(1, 1), CALM)})
    assert not goes_on({7 * DAY: (Span(9, 9), CALM)})


def test_what_is_usual_takes_a_year_into_account_but_mostly_the_last_eight_weeks():
    bad_year = usual(Span(40, 2), Span(220, 88))
    assert usual(Span(40, 2), Span()).per_week < bad_year.per_week < usual(Span(40, 16), Span(220, 88)).per_week


def test_the_count_test_is_the_negative_binomial():
    """Gamma(1, 1) mixed over a Poisson of one day is geometric: P(N >= n) = 2^-n."""
    assert count_tail(3, DAY, Usual(1.0, 1.0, 1.0, 1.0)) == pytest.approx(1 / 8)
    assert count_tail(0, DAY, CALM) == 1.0


def test_the_share_test_is_the_beta_binomial():
    """Beta(1, 1) makes every number of 0..n equally likely."""
    assert share_tail(Span(9, 7), Usual(1.0, 1.0, 1.0, 1.0)) == pytest.approx(3 / 10)
    assert share_tail(Span(9, 0), CALM) == pytest.approx(1.0)


@pytest.mark.parametrize("per_week", [0.2, 1.5, 5.0])
def test_quiet_years_have_less_than_one_false_alarm(per_week):
    assert false_alarms(per_week, 0.25, 25, seed=11) <= 1.3  # 25 years: the mean, and what chance adds to it


def test_a_lasting_change_is_seen_and_the_larger_the_place_the_sooner():
    small, large = (delay_curve(total, 0.25, ADDED, 60, seed=5) for total in (5.0, 20.0))
    assert large[10] >= 0.7
    assert large[10] > small[10] >= 0.25
    assert small[21] > small[10]


@pytest.mark.slow
@pytest.mark.parametrize("per_week", [0.2, 1.0, 2.0, 5.0, 20.0])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_many_quiet_years_have_at_most_one_false_alarm(per_week, share):
    assert false_alarms(per_week, share, 300 if per_week <= 3 else 60, seed=21) <= 1.0


@pytest.mark.slow
def test_the_delay_curve_holds_what_the_documentation_says():
    assert delay_curve(5.0, 0.3, REPLACED, 500, seed=22)[10] >= 0.5
    assert delay_curve(10.0, 0.3, ADDED, 500, seed=22)[10] >= 0.6
    assert delay_curve(20.0, 0.25, ADDED, 500, seed=22)[10] >= 0.75
