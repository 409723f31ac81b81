"""What a message waits for is decided by the values handed in, and always has a name and an end."""

from datetime import UTC, datetime, time, timedelta

import pytest

from repmon.steps.alerting.holding import (
    Hold,
    Silence,
    Subject,
    at_first,
    company_of,
    dropped,
    in_quiet_hours,
    over_the_cap,
    silenced,
)
from repmon.steps.alerting.quiet_hours import QuietHours

NOW = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
NIGHT = QuietHours(time(22), time(7), "UTC")
MORNING = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)


def first(**given):
    known = {"urgent": False, "snooze": None, "quiet": None, "company_since": None}
    return at_first(NOW, **{**known, **given})


def test_a_message_that_nothing_holds_goes_at_once():
    assert first() is None


def test_company_is_waited_for_half_a_minute():
    assert first(company_since=NOW) == Hold("grouping", NOW + timedelta(seconds=30))


def test_a_newcomer_makes_all_wait_again_but_never_more_than_five_minutes_after_the_first():
    assert first(company_since=NOW - timedelta(minutes=4)).until == NOW + timedelta(seconds=30)
    assert first(company_since=NOW - timedelta(seconds=280)).until == NOW + timedelta(seconds=20)
    assert first(company_since=NOW - timedelta(hours=1)).until == NOW


def test_what_is_urgent_waits_for_no_company():
    assert first(urgent=True, company_since=NOW) is None


def test_a_snooze_goes_before_quiet_hours_and_holds_what_is_urgent_too():
    snooze = Hold("snoozed", NOW + timedelta(hours=3), "giulia")
    assert first(urgent=True, snooze=snooze, quiet=NIGHT, company_since=NOW) is snooze


def test_quiet_hours_go_before_company():
    assert first(quiet=NIGHT, company_since=NOW) == Hold("quiet_hours", MORNING)


@pytest.mark.parametrize(("passes", "held"), [(True, None), (False, Hold("quiet_hours", MORNING))])
def test_what_is_urgent_passes_in_quiet_hours_where_the_channel_says_so(passes, held):
    quiet = QuietHours(time(22), time(7), "UTC", urgent_passes=passes)
    assert in_quiet_hours(NOW, urgent=True, quiet=quiet) == held


def test_below_the_cap_nothing_waits():
    sent = [NOW - timedelta(minutes=number) for number in range(9)]
    assert over_the_cap(NOW, sent=sent, per_hour=10) is None


def test_at_the_cap_the_wait_ends_when_the_oldest_of_the_hour_is_an_hour_old():
    sent = [NOW - timedelta(minutes=5 * number) for number in range(10)]
    assert over_the_cap(NOW, sent=sent, per_hour=10) == Hold("per_hour", NOW + timedelta(minutes=15))


def test_when_a_slot_is_free_the_cap_no_longer_holds():
    sent = [NOW - timedelta(minutes=5 * number) for number in range(10)]
    assert over_the_cap(NOW + timedelta(minutes=15), sent=sent, per_hour=10) is None


def test_a_cap_of_zero_is_none():
    assert over_the_cap(NOW, sent=[NOW] * 100, per_hour=0) is None


@pytest.mark.parametrize(
    ("scope", "scope_id"), [("review", "7"), ("source", "app"), ("location", "centrum"), ("rule", "unhappy")]
)
def test_a_silence_covers_what_it_names_and_nothing_else(scope, scope_id):
    silence = Silence(1, scope, scope_id, MORNING, "giulia")
    about = Subject("unhappy", "app", "centrum", 7)
    assert silenced(about, [silence], NOW) == Hold("snoozed", MORNING, "giulia")
    assert silenced(Subject("other", "other", "other", 8), [silence], NOW) is None


def test_of_several_silences_the_longest_counts_and_one_that_is_over_does_not():
    about = Subject("unhappy", "app", snoozed_until=MORNING)
    over = Silence(1, "source", "app", NOW, "giulia")
    longest = Silence(2, "rule", "unhappy", MORNING + timedelta(days=1), "marco")
    assert silenced(about, [over], NOW) == Hold("snoozed", MORNING)
    assert silenced(about, [over, longest], NOW) == Hold("snoozed", longest.until, "marco")


def test_after_a_snooze_only_an_unhappy_review_that_still_waits_for_an_answer_is_told():
    waits = {"review_id": 7, "unhappy": True}
    assert dropped(Subject("r", **waits, state="open"), "snoozed") is None
    assert dropped(Subject("r", **waits, state="drafted"), "snoozed") is None
    assert dropped(Subject("r", **waits, state="answered"), "snoozed") == "snooze_over"
    assert dropped(Subject("r", review_id=7, state="open"), "snoozed") == "snooze_over"
    assert dropped(Subject("r"), "snoozed") == "snooze_over"
    assert dropped(Subject("r"), "quiet_hours") is None


def test_a_review_seen_to_after_the_news_needs_no_message_but_later_news_about_it_does():
    seen = {"review_id": 7, "unhappy": True, "state": "open", "acknowledged_at": NOW}
    assert dropped(Subject("r", **seen, at=NOW - timedelta(hours=1)), "quiet_hours") == "acknowledged"
    assert dropped(Subject("r", **seen, at=NOW + timedelta(hours=1)), "quiet_hours") is None


def test_reviews_share_messages_with_reviews_and_failing_sources_with_failing_sources():
    assert "review.edited" in company_of("review.new")
    assert company_of("source.failing") == ("source.failing",)
    assert company_of("delivery.given_up") == company_of("digest") == ()
