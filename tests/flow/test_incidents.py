"""A burst of unhappy reviews is one message for the place, its reviews fold into it, and its end is told."""

import json
from datetime import timedelta

import pytest

from repmon.pipeline import deliver
from repmon.store.explanations import explanation
from tests.flow.site import written
from tests.flow.stage import NOW

pytestmark = pytest.mark.both_databases

RULES = """
[[rules]]
name = "unhappy"
when = { unhappy = true }
notify = ["owner"]
urgency = "urgent"
"""


def trickle(weeks=16):
    """Months of a place with one unhappy review in two weeks among four happy ones."""
    for week in range(weeks):
        day = NOW - timedelta(weeks=week + 2)
        for number in range(4):
            yield written(f"h{week}-{number}", day + timedelta(days=number), "Lovely soup, kind people.", stars=5)
        if week % 2 == 0:
            yield written(f"u{week}", day, "The soup was salty.", stars=2)


@pytest.fixture
def shop(stage, board, sink):
    """A place whose usual rate is known from the history of its first read."""
    board.page = 200
    board.show(*sorted(trickle(), key=lambda each: each["at"], reverse=True))
    stage.head = stage.head.replace("incidents = false", "incidents = true")
    stage.more = RULES
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/a").source("shop", "changed", board).begin().turn()
    sink.messages.clear()
    return stage


def complain(shop, board, number, first=1, words="Never got my refund, billing is a mess"):
    """So many unhappy reviews, one every ten minutes."""
    for each in range(first, first + number):
        at = shop.now - timedelta(minutes=10 * (first + number - each))
        board.show(written(f"n{each}", at, f"{words}, number {each}."))
    return shop


def open_one(shop, board):
    complain(shop.later(minutes=15), board, 6).turn()
    return shop


def test_history_alone_opens_nothing(shop):
    assert shop.events("incident.opened") == 0


def test_a_burst_in_one_poll_is_one_message_and_no_storm(shop, board, sink):
    open_one(shop, board)
    assert shop.events("incident.opened") == 1
    assert len(sink.messages) == 1
    message = sink.messages[0]
    assert "6 unhappy reviews at Kettle and Crumb in 24 hours; fewer than 1 would be usual." in message
    assert "Most name: billing (6)" in message
    assert "Never got my refund, billing is a mess, number 6." in message
    assert "And 3 more." in message


def test_reviews_that_had_their_own_alert_are_counted_too(shop, board, sink):
    for number in range(1, 5):
        complain(shop.later(hours=2), board, 1, first=number).turn()
    assert shop.events("incident.opened") == 1
    single = [message for message in sink.messages if message.startswith("Unhappy review") or "Why:" in message]
    assert 1 <= len(single) < 4
    values = json.loads(shop.one("SELECT \"values\" FROM event WHERE kind = 'incident.opened'"))
    assert values["unhappy"] >= 3


def test_further_reviews_fold_in_and_say_so(shop, board, sink):
    open_one(shop, board)
    complain(shop.later(minutes=30), board, 1, first=7).turn()
    assert len(sink.messages) == 1
    event, incident = shop.rows("SELECT id, incident_id FROM event WHERE kind = 'review.new' ORDER BY id DESC")[0]
    assert incident == 1
    assert shop.rows("SELECT rule, sends, code FROM rule_decision WHERE event_id = ? ORDER BY position", event) == [
        ("unhappy", 0, "rule_folded"),
        ("incident", 0, "incident_folded"),
    ]
    assert shop.one("SELECT count(*) FROM delivery WHERE event_id = ?", event) == 0
    with shop.world.database.read() as session:
        found = explanation(session, shop.one("SELECT max(id) FROM review"))
    assert found.why_no_message(found.events[0]) == "explain_folded"


def test_happy_reviews_are_told_as_ever(shop, board, sink):
    shop.more = RULES + '[[rules]]\nname = "all"\nnotify = ["owner"]\n'
    open_one(shop.begin(), board)
    board.show(written("kind", shop.now, "Splendid cake.", stars=5))
    shop.later(minutes=5).turn()
    assert "Splendid cake" in sink.messages[-1]


def test_a_rule_about_safety_is_never_folded(shop, board, sink):
    shop.more = (
        '[[rules]]\nname = "danger"\nwhen = { topics = ["safety"] }\nnotify = ["owner"]\nurgency = "urgent"\n' + RULES
    )
    open_one(shop.begin(), board)
    board.show(written("sick", shop.now, "We all got food poisoning, a real safety hazard."))
    shop.later(minutes=5).turn()
    assert "food poisoning" in sink.messages[-1]


def test_who_does_not_hear_of_the_incident_still_gets_each_review(shop, board, sink):
    shop.more = RULES + '[[rules]]\nname = "waves"\nwhen = { events = ["incident.opened"] }\nnotify = ["boss"]\n'
    shop.channel("boss", f"json://127.0.0.1:{sink.port}/boss").begin()
    open_one(shop, board)
    assert len(sink.messages) == 7


def test_it_is_told_again_when_it_grew_by_half_but_not_within_six_hours(shop, board, sink):
    open_one(shop, board)
    complain(shop.later(hours=2), board, 4, first=7).turn()
    assert len(sink.messages) == 1
    shop.later(hours=4, minutes=1).turn()
    assert shop.events("incident.updated") == 1
    assert "4 more unhappy reviews at Kettle and Crumb, 10 by now" in sink.messages[1]
    shop.turn()
    assert len(sink.messages) == 2


def test_a_single_folded_review_is_told_within_a_day(shop, board, sink):
    open_one(shop, board)
    complain(shop.later(hours=2), board, 1, first=7).turn()
    shop.later(hours=7).turn()
    assert len(sink.messages) == 1
    shop.later(hours=16).turn()
    assert "1 more unhappy review" in sink.messages[1]


def test_it_closes_by_itself_and_says_what_happened_next(shop, board, sink):
    open_one(shop, board)
    board.change("n1", edited=None)
    with shop.world.database.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE review SET state = 'answered', answered_at = first_seen_at WHERE external_id IN ('n1', 'n2')"
        )
    shop.later(hours=30).turn()
    board.show(written("again", shop.now, "Lovely soup again.", stars=5))
    shop.later(hours=17).turn()
    assert shop.events("incident.closed") == 0
    shop.later(hours=2).turn()
    assert shop.events("incident.closed") == 1
    assert "Answered by now: 2 of 6. Still waiting for an answer: 4." in sink.messages[-1]
    assert "Since then: 1 review, 5 stars on average." in sink.messages[-1]
    told = len(sink.messages)
    complain(shop.later(hours=1), board, 1, first=20).turn()
    assert len(sink.messages) == told + 1  # a single alert again
    assert shop.events("incident.opened") == 1


def test_what_one_incident_told_opens_no_other(shop, board):
    open_one(shop, board)
    shop.later(hours=49).turn()
    assert shop.events("incident.closed") == 1
    complain(shop.later(hours=1), board, 2, first=7).turn()
    assert shop.events("incident.opened") == 1
    complain(shop.later(hours=1), board, 5, first=9).turn()
    assert shop.events("incident.opened") == 2


def test_a_restart_tells_nothing_twice(shop, board, sink):
    open_one(shop, board)
    for _ in range(3):
        shop.begin().later(minutes=1).turn()
    assert len(sink.messages) == 1
    assert shop.one("SELECT count(*) FROM incident") == 1


def test_an_invitation_mailing_is_no_crisis(shop, board, sink):
    shop.later(minutes=15)
    for number in range(60):
        bad = number % 5 == 0
        board.show(written(f"m{number}", shop.now, "Bad." if bad else "Good.", stars=1 if bad else 5))
    shop.turn()
    assert shop.events("incident.opened") == 0


def test_competitors_and_mentions_open_nothing(stage, board, sink):
    board.show(*sorted(trickle(), key=lambda each: each["at"], reverse=True))
    stage.head = stage.head.replace("incidents = false", "incidents = true")
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/a")
    stage.source("theirs", "changed", board, 'role = "competitor"').begin().turn()
    open_one(stage, board)
    assert stage.events("incident.opened") == 0


def test_nothing_is_watched_for_where_it_is_switched_off(shop, board, sink):
    shop.head = shop.head.replace("incidents = true", "incidents = false")
    open_one(shop.begin(), board)
    assert shop.events("incident.opened") == 0
    assert len(sink.messages) == 6


def test_erased_reviews_are_not_quoted(shop, board, sink):
    complain(shop.later(minutes=15), board, 6).turn(send=False)
    with shop.world.database.write() as session:
        session.connection().exec_driver_sql("UPDATE review SET removed_at = first_seen_at WHERE external_id = 'n6'")
    deliver(shop.world)
    assert "number 6" not in sink.messages[-1]
    assert "number 5" in sink.messages[-1]


def test_events_of_an_incident_hold_no_words_of_a_review(shop, board):
    open_one(shop, board)
    kept = shop.one("SELECT \"values\" FROM event WHERE kind = 'incident.opened'")
    assert "refund" not in kept.lower()
