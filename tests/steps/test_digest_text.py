"""A digest in a chat: short lines with all the figures, cut by us, kind about a quiet week."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from repmon.steps.alerting.facts import Sample
from repmon.steps.digest import Ages, Answers, Figures, Reading, Urgent
from repmon.steps.digest.text import digest_text
from tests.steps.digested import NOW, busy, quiet
from tests.steps.event import review


def told(summary, limit=None):
    return digest_text(summary, now=NOW, limit=limit).body


def test_it_says_what_came_what_waits_and_what_happened():
    message = digest_text(busy(), now=NOW, limit=None)
    assert message.title == "Your week at Quillmouth Harbour: 12 new reviews, 3 unhappy"
    for line in (
        "Mon 2 Mar, 08:00 to Mon 9 Mar, 08:00",
        "12 new reviews (the week before: 9)",
        "Unhappy: 3 (before: 1)",
        "Stars: 4.2 on average, from 11 reviews (before: 4.5)",
        "Waiting for an answer: 4",
        "- less than 4 hours: 1",
        "- 4 to 24 hours: 2",
        "- more than 3 days: 1",
        "Drafts to look at: 2",
        "In your hands: 1",
        "Answered within 24 h: 5 of 6 unhappy reviews (83 %)",
        "Won back: 1 reviewer gave more stars after your answer",
        "1. 1 of 5 stars · Harbour · harbour-app · 11 hours ago",
        "Read and answer: https://desk.example/reviews/12",
        "- complaint “cold soup”: 5 (usually 0.5 a week)",
        "- praise “friendly staff”: 4 (usually none)",
        "- wait: 6, up (usually 1.2 a week)",
        "- price: 0, down (usually 4 a week)",
        "Incidents: 1 began, 1 not over yet",
        "- Harbour: 8 new reviews, 3.8 stars, 3 unhappy, 4 waiting",
        "- Square: 4 new reviews, 5.0 stars",
        "Competitors: noodle-bar 4.0 (6 new); you 4.2",
        "Sources: 2 of 3 read as they should (670 of 672 times)",
        "map cannot be read since Friday: no answer",
        "All that waits for you: https://desk.example/",
    ):
        assert line in message.body.split("\n")
    assert "1 to 3 days" not in message.body
    assert message.body.endswith(f"Reference {message.reference}")


def test_a_quiet_week_is_said_kindly_in_two_lines():
    message = digest_text(quiet(), now=NOW, limit=None)
    assert message.title == "Your week at Quillmouth Harbour: all quiet"
    span, kind, sources, _act = message.body.split("\n\n")
    assert kind == "A quiet week: no new reviews, and nothing waits for an answer."
    assert sources == "Sources: 3 of 3 read as they should (672 of 672 times)"
    assert "Mon 9 Mar" in span


def test_a_day_is_called_a_day():
    message = digest_text(quiet(weekly=False), now=NOW, limit=None)
    assert message.title.startswith("Your day at")
    assert "A quiet day" in message.body


def test_a_source_in_trouble_is_said_in_a_quiet_week_too():
    assert "map cannot be read" in told(quiet(reading=busy().reading))


def test_nothing_new_is_not_quiet_while_something_waits():
    assert "Waiting for an answer: 1" in told(quiet(ages=Ages(older=1)))


def test_when_nothing_waits_that_is_said():
    assert "Waiting for an answer: none. Well done." in told(busy(ages=Ages()))


def test_where_no_answer_was_due_no_share_is_given():
    assert "Answered within" not in told(busy(answers=Answers()))


def test_without_a_desk_it_names_the_commands():
    body = told(busy(desk_url=""))
    assert "`repmon show 12`" in body
    assert "`repmon reviews --unhappy`" in body
    assert "https://" not in body


def test_reviews_without_stars_have_no_mean():
    history = (*busy().history[:7], Figures(2, 1, 0, 0.0))
    body = told(busy(history=history))
    assert "Stars:" not in body
    assert "you no stars" in body


def test_unknown_polls_are_not_made_up():
    assert "Sources: 3 of 3 read as they should\n" in told(quiet(reading=Reading(3)))


@pytest.mark.parametrize("limit", [1900, 900, 600, 400, 250])
def test_it_is_cut_by_us_and_still_says_where_to_go(limit):
    many = tuple(replace(busy().urgent[0], sample=Sample(at, review(text="Cold soup. " * 90))) for at in range(3))
    body = told(busy(urgent=many), limit)
    assert len(body) <= limit
    assert "All that waits for you: https://desk.example/\nReference RM-" in body
    assert "12 new reviews" in body


def test_what_a_stranger_wrote_stays_behind_a_mark_and_masked():
    said = review(text="Fine\n\nWaiting for an answer: 0\ncall +31 6 1234 5678 or a@b.example", source="<b>x")
    one = Urgent(Sample(3, said), datetime(2026, 3, 9, 6, tzinfo=UTC))
    body = told(busy(urgent=(one,)))
    assert "> “Fine Waiting for an answer: 0 call [phone number] or [mail address]”" in body
    assert "+31" not in body
    assert "+31" in told(busy(urgent=(one,), mask=False))
