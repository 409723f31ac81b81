"""What a person reads: the messages as they are, and what they never carry along."""

from datetime import timedelta
from typing import get_args

import pytest

from repmon.review import EventKind, Reason, Sentiment, Understanding
from repmon.steps.alerting.facts import DraftFacts
from repmon.steps.messages.message import render
from repmon.steps.messages.reference import reference_of
from repmon.wording import SENTENCES
from tests.steps.event import NOW, facts, review, unhappy

DESK = "https://desk.example"


def text(event, desk_url=DESK, limit=None) -> str:
    message = render(event, now=NOW, desk_url=desk_url, limit=limit)
    return f"{message.title}\n---\n{message.body}".replace(message.reference, "RM-ITSOWN")


def test_a_new_unhappy_review_with_a_draft_reads_so():
    assert (
        text(unhappy())
        == """\
Unhappy review at Quillmouth Harbour: 1 of 5 stars
---
1 of 5 stars · Quillmouth Harbour · harbour-app
Written 2 hours ago (2026-03-01 13:05 CET) by “Mia P.”

> “Waited an hour.
> The waiter was rude.”

Why: 1 of 5 stars; “rude” -2.1, “cold” -0.4; about wait, staff

Draft reply (not sent):
> “Dear Mia,
> we are sorry about the wait.
> Giulia, owner”

Read, edit and approve: https://desk.example/reviews/12
Reference RM-ITSOWN"""
    )


def test_an_edit_from_one_to_four_stars_reads_so():
    edited = facts(
        "review.edited", values={"old_rating": 1.0, "new_rating": 4.0}, review_id=12, version=2,
        review=review(rating=4.0, text="They called and made it right.", edited_at=NOW - timedelta(minutes=9)),
    )  # fmt: skip
    assert (
        text(edited, desk_url=None)
        == """\
Review changed from 1 to 4 of 5 stars at Quillmouth Harbour
---
4 of 5 stars · Quillmouth Harbour · harbour-app
Edited 9 minutes ago (2026-03-01 14:56 CET) by “Mia P.”

Before: 1 of 5 stars. Now: 4 of 5 stars.

> “They called and made it right.”

Read it with `repmon show 12`.
Reference RM-ITSOWN"""
    )


def failing(code: str, kind: str, **values: object):
    known = {"code": code, "values": values, "status": kind, "since": "2026-03-01T12:00:00+00:00"}
    return facts("source.failing", values=known)


def test_a_source_refused_says_what_is_wrong_and_what_to_do(monkeypatch):
    monkeypatch.setitem(SENTENCES, "test_refused", "the site refused our key (HTTP {status}).")
    assert (
        text(failing("test_refused", "refused", status=401))
        == """\
Not reading harbour-app
---
harbour-app (app_store, Quillmouth Harbour) cannot be read: the site refused our key (HTTP 401).

Since 2026-03-01 13:00 CET. Reviews that appear there meanwhile are found once it can be read again.

What to do: put the right key, consent or id into config.toml, then run `repmon poll harbour-app`. \
It is paused until then.

See the sources: https://desk.example/sources
Reference RM-ITSOWN"""
    )


def test_a_source_that_is_down_asks_for_patience(monkeypatch):
    monkeypatch.setitem(SENTENCES, "test_dns", "the name {host} was not found.")
    shown = text(failing("test_dns", "down", host="api.site.example"))
    assert "cannot be read: the name api.site.example was not found." in shown
    assert "What to do: nothing yet. repmon goes on trying and tells you once it works again." in shown


def test_a_recovered_source_says_since_when_it_had_failed_and_what_was_found():
    shown = text(facts("source.recovered", values={"since": "2026-03-01T12:00:00+00:00", "new": 1}))
    assert shown.startswith("Reading harbour-app again\n")
    assert "It had failed since 2026-03-01 13:00 CET. 1 new review was found." in shown


def test_a_first_read_is_summed_up_in_one_quiet_message():
    assert (
        text(facts("source.first_read", values={"reviews": 212, "unhappy": 31, "new": 2}))
        == """\
First read of harbour-app finished
---
harbour-app (app_store, Quillmouth Harbour) is set up: 212 reviews stored, 31 unhappy.

2 were written since it was added and are told on their own.

Reviews from before it was added are kept without an alert. From now on every new one counts.

See the sources: https://desk.example/sources
Reference RM-ITSOWN"""
    )


def test_a_delivery_given_up_names_the_target_the_reason_and_the_lost_message():
    known = {
        "target": "slack://…a1b2c3", "event": "review.new", "attempts": 12, "event_key": "review.new:r1:1",
        "code": "delivery_refused", "values": {"status": 404},
    }  # fmt: skip
    assert (
        text(facts("delivery.given_up", values=known))
        == """\
Could not deliver to slack://…a1b2c3
---
A message (“New review”) could not be delivered to slack://…a1b2c3: 12 attempts. \
The last answer: It was refused (HTTP 404).

The message that did not arrive has the reference RM-ZN0CNK. \
Others to the same target may follow it today; `repmon deliveries` lists them.

What to do: check the channel in config.toml, try it with `repmon notify test`, then `repmon deliveries --retry`.

Reference RM-ITSOWN"""
    )


@pytest.mark.parametrize("kind", get_args(EventKind))
@pytest.mark.parametrize(
    "known", [{}, {"topic": "wait", "reviews": 5, "old_rating": None, "new_rating": 2, "code": "no_such", "new": None}]
)
def test_every_kind_of_event_has_a_message_whatever_is_known_of_it(kind, known):
    for event in (facts(kind, values=known), unhappy(kind=kind, values=known)):
        message = render(event, now=NOW, desk_url=DESK, limit=None)
        assert message.title
        assert message.reference in message.body
        assert "{" not in f"{message.title}{message.body}".replace("no_such {'", "")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"rating": 4.5}, "4.5 of 5 stars"),
        ({"rating": None, "scale": "nps", "given": 3.0, "out_of": 10.0}, "NPS 3 of 10"),
        ({"rating": None, "scale": "thumb", "recommended": False}, "not recommended"),
        ({"rating": None}, "no rating"),
    ],
)
def test_a_rating_is_shown_in_the_kind_of_figure_the_site_gave(given, shown):
    assert f": {shown}\n" in text(unhappy(review=review(**given)))


def test_stars_that_disagree_with_the_words_are_said_so():
    said = Understanding(Sentiment("negative", score=-0.5, conflict=True))
    shown = text(facts(review=review(rating=5.0), review_id=12, understanding=said, conflict=True))
    assert shown.startswith("Stars and words disagree at Quillmouth Harbour: 5 of 5 stars")
    assert "Why: stars and words disagree" in shown


def test_a_person_s_correction_is_the_reason_when_nothing_else_is():
    assert "Why: a person marked it as unhappy" in text(unhappy(review=review(rating=5.0), understanding=None))


def test_undated_reviews_and_dates_to_come_are_not_given_a_made_up_age():
    assert "Undated, first seen just now (2026-03-01 15:05 CET)" in text(unhappy(review=review(written_at=None)))
    assert "dated in the future" in text(unhappy(review=review(written_at=NOW + timedelta(days=400))))


def test_without_a_desk_the_commands_are_named():
    assert "Read it with `repmon show 12`, approve the draft with `repmon approve 7`." in text(unhappy(), desk_url=None)


def test_an_edited_answer_of_a_survey_shows_the_site_s_own_figures():
    known = {"old_rating": None, "new_rating": None, "old_given": 3.0, "new_given": 9.0, "scale": "nps"}
    survey = review(rating=None, scale="nps", given=9.0, out_of=10.0)
    shown = text(facts("review.edited", values=known, review=survey))
    assert shown.startswith("Review changed from 3 to 9 at Quillmouth Harbour")
    assert "Before: 3. Now: 9." in shown


def test_a_rating_without_words_says_that_there_are_none():
    assert "(no words, only a rating)" in text(unhappy(review=review(text="")))


def test_the_reference_is_the_same_for_the_same_event_and_easy_to_read_out():
    assert reference_of("review.new:r1:1") == "RM-ZN0CNK"
    assert render(unhappy(), now=NOW, desk_url=None, limit=None).reference == "RM-ZN0CNK"
    assert reference_of("review.new:r1:2") != reference_of("review.new:r1:1")


def test_an_unknown_time_zone_falls_back_to_utc_and_says_so():
    assert "(2026-03-01 12:05 UTC)" in text(unhappy(timezone="Mars/Olympus"))


def test_the_contact_in_our_own_draft_is_shown_and_one_in_the_review_is_not():
    draft = DraftFacts(3, "Would you write to hello@aurora.example?", "en")
    shown = text(facts(review=review(text="Mail me at mia@home.example", rating=1.0), review_id=12, draft=draft))
    assert "hello@aurora.example" in shown
    assert "mia@home.example" not in shown


def test_a_rating_without_words_is_not_said_to_read_badly():
    said = Understanding(Sentiment("negative", score=-0.7, reasons=(Reason("★ 2", -3.0),)))
    shown = text(facts(review=review(text="", rating=2.0), review_id=12, understanding=said, unhappy=True))
    assert "Why: 2 of 5 stars\n" in shown


def test_a_review_without_stars_is_explained_by_its_words():
    said = Understanding(Sentiment("negative", score=-0.5, reasons=(Reason("rude", -2.1),)))
    shown = text(facts(review=review(rating=None), review_id=12, understanding=said, unhappy=True))
    assert "Why: the words read negative; “rude” -2.1" in shown


def test_a_review_left_unanswered_says_how_long_and_who_is_told_next():
    known = {"hours": 24, "next": "owner", "next_hours": 48}
    shown = text(unhappy(kind="review.unanswered", values=known))
    assert shown.startswith("Still unanswered at Quillmouth Harbour: 1 of 5 stars")
    assert "Nobody has answered it for 24 hours. If nobody does, owner is told in 2 days." in shown
    last = text(unhappy(kind="review.unanswered", values={"hours": 72, "next": None}))
    assert "Nobody has answered it for 3 days. Nobody else is told after this." in last


def test_a_reply_the_site_turned_down_says_why():
    plain = text(unhappy(kind="reply.rejected", values={"reason": "Contains a link"}))
    assert "harbour-app did not take the reply: Contains a link" in plain
    stored = text(unhappy(kind="reply.rejected", values={"code": "delivery_refused", "values": {"status": 403}}))
    assert "did not take the reply: It was refused (HTTP 403)." in stored


def test_a_quiet_source_says_what_would_be_usual_and_what_to_do():
    shown = text(facts("source.quiet", values={"days": 21, "expected": 2.3}))
    assert "harbour-app has shown 0 new reviews in 21 days; 2.3 would be usual." in shown
    assert "What to do: look at the site." in shown
    weekly = text(facts("source.quiet", values={"days": 21.0, "expected_per_week": 1.26}))
    assert "for 21 days; about 1.3 a week is usual" in weekly


def test_a_falling_rating_says_from_what_to_what():
    known = {"before": 4.52, "now": 3.9, "days": 30, "reviews": 12, "before_reviews": 80}
    shown = text(facts("rating.dropped", values=known))
    assert "Quillmouth Harbour had 4.5 stars on average; in the last 30 days it was 3.9." in shown
    assert "That rests on 12 reviews now and 80 before." in shown


def test_numbers_of_people_are_hidden_unless_told_otherwise():
    event = unhappy(review=review(text="Call me on +31 6 1234 5678 or mia@home.example"))
    hidden, open_ = (render(event, now=NOW, desk_url=DESK, limit=None, mask=mask).body for mask in (True, False))
    assert "1234" not in hidden
    assert "mia@home" not in hidden
    assert "+31 6 1234 5678 or mia@home.example" in open_
