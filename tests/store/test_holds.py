"""What waits, what travels together and what was sent lately, on both kinds of server."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from repmon.steps.alerting.holding import Hold, company_of
from repmon.store import bundles, due, events, holds, outbox, silences, slots
from repmon.store.tables import DecisionRow, DeliveryRow
from tests.store.conftest import NOW

KINDS = company_of("review.new")
SOON = NOW + timedelta(seconds=30)


@pytest.fixture
def box(database):
    """Three messages about reviews and one about a source to one target."""
    with database.write() as session:
        outbox.know_target(session, "a", "json://a…", "owner")
        for number, kind in enumerate(["review.new"] * 3 + ["source.failing"], start=1):
            events.raise_event(session, f"e{number}", kind, NOW)
        rows = [{"event_id": number, "target": "a", "channel": "owner", "rule": "r", "urgency": "normal"}
                for number in range(1, 5)]  # fmt: skip
        outbox.put(session, rows, NOW)
    return database


def hold_all(session, code="grouping", until=SOON):
    for page in holds.waiting_for(session, "a", NOW):
        holds.hold(session, page, Hold(code, until, "giulia"), NOW, channel="owner")


def states(session):
    return [(row.state, row.bundle_id) for row in session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))]


def test_what_is_held_is_not_next_until_its_time_and_each_hold_is_noted(box):
    with box.write() as session:
        hold_all(session)
        assert due.next_for_each_target(session, NOW) == []
        assert due.next_due(session) == SOON
        assert due.next_for_each_target(session, SOON)[0].held_for == "grouping"
        notes = session.scalars(select(DecisionRow).order_by(DecisionRow.id)).all()
    assert [(each.code, each.values["delivery"], each.values["by"]) for each in notes] == [
        ("hold_grouping", number, "giulia") for number in range(1, 5)
    ]


def test_the_wait_for_company_is_extended_for_its_own_kind_only(box):
    with box.write() as session:
        hold_all(session)
        assert holds.company_since(session, "a", KINDS) == NOW
        assert holds.company_since(session, "b", KINDS) is None
        holds.extend_company(session, "a", KINDS, SOON + timedelta(seconds=30))
        assert due.next_for_each_target(session, SOON)[0].event_id == 4


@pytest.mark.parametrize(("code", "taken"), [("grouping", 2), ("quiet_hours", 3)])
def test_a_message_takes_along_what_may_travel_with_it_and_shares_its_fate(box, code, taken):
    with box.write() as session:
        hold_all(session, code)
        lead = due.next_for_each_target(session, SOON)[0]
        assert bundles.gather(session, lead, SOON) == bundles.carried(session, lead) == taken
        assert bundles.gather(session, lead, SOON) == 0
        found = bundles.contents(session, lead, 2)
        assert (sum(found.kinds.values()), len(found.first), found.since) == (taken + 1, 2, NOW)
        outbox.not_delivered(session, lead, SOON, 0.1, {"code": "x"}, again_at=SOON, permanent=False)
        assert states(session)[:3] == [("pending", None), ("held", 1), ("held", 1)]
        outbox.delivered(session, lead, SOON, 0.1)
    with box.read() as session:
        assert states(session)[:3] == [("delivered", None), ("delivered", 1), ("delivered", 1)]
        assert outbox.undelivered(session) == 3 - taken


def test_what_travelled_together_counts_once_in_the_hour(box):
    with box.write() as session:
        hold_all(session)
        lead = due.next_for_each_target(session, SOON)[0]
        bundles.gather(session, lead, SOON)
        outbox.delivered(session, lead, SOON, 0.1)
        assert slots.sent_since(session, "a", NOW) == [SOON]
        assert slots.sent_since(session, "a", SOON) == slots.sent_since(session, "b", NOW) == []


def test_many_attempts_are_read_back_no_further_than_asked(box):
    with box.write() as session:
        waiting = due.next_for_each_target(session, NOW)[0]
        for number in range(slots.PAGE + 20):
            outbox.not_delivered(session, waiting, NOW + timedelta(seconds=number), 0.1, {"code": "x"}, again_at=NOW,
                                 permanent=False)  # fmt: skip
        outbox.delivered(session, waiting, NOW + timedelta(hours=1), 0.1)
        assert len(slots.sent_since(session, "a", NOW)) == 1


def test_a_message_dropped_is_never_next_and_counts_as_settled(box):
    with box.write() as session:
        for page in holds.waiting_for(session, "a", NOW):
            holds.drop(session, page, "acknowledged", NOW)
        assert due.next_for_each_target(session, NOW + timedelta(days=9)) == []
        assert (due.next_due(session), outbox.undelivered(session)) == (None, 0)


def test_silences_last_until_their_end_or_until_they_are_lifted(database):
    with database.write() as session:
        first = silences.add(session, "source", "app", SOON, by="giulia", now=NOW)
        second = silences.add(session, "rule", "r", SOON, by="giulia", now=NOW)
        assert {each.id for each in silences.lasting(session, NOW)} == {first, second}
        assert silences.lift(session, first, NOW)
        assert not silences.lift(session, first, NOW)
        assert [each.id for each in silences.lasting(session, NOW)] == [second]
        assert silences.lasting(session, SOON) == []
        assert len(silences.every(session)) == 2
