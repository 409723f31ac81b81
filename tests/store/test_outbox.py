"""The outbox: order, claims, circuits and giving up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from repmon.store import claims, events, outbox
from repmon.store import due as queue
from repmon.store.tables import DeliveryRow, EventRow, TargetRow
from tests.store.conftest import NOW

ME = claims.claimant()


@pytest.fixture
def box(database):
    """Two targets with three messages each; message n of either is of event n."""
    with database.write() as session:
        for key in ("a", "b"):
            outbox.know_target(session, key, f"json://{key}…", key)
        for number in range(1, 4):
            events.raise_event(session, f"e{number}", "review.new", NOW)
        rows = [{"event_id": number, "target": key, "channel": key, "rule": "r", "urgency": "normal"}
                for key in ("a", "b") for number in range(1, 4)]  # fmt: skip
        assert outbox.put(session, rows, NOW) == 6
    return database


def due(box, now=NOW, **how):
    with box.write() as session:
        return queue.next_for_each_target(session, now, **how)


def fail(box, waiting, again_at, now=NOW):
    with box.write() as session:
        outbox.not_delivered(session, waiting, now, 0.1, {"code": "x"}, again_at=again_at, permanent=again_at is None)


def arrive(box, waiting, now=NOW):
    with box.write() as session:
        outbox.delivered(session, waiting, now, 0.1)


def test_a_message_is_put_once_for_each_event_and_target(box):
    with box.write() as session:
        again = {"event_id": 1, "target": "a", "channel": "a", "rule": "other", "urgency": "urgent"}
        assert outbox.put(session, [again], NOW) == 0
        assert outbox.undelivered(session) == 6


def test_each_target_gets_its_oldest_message_first(box):
    order = []
    for _ in range(3):
        for waiting in due(box):
            order.append((waiting.target, waiting.event_id))
            arrive(box, waiting)
    assert order == [("a", 1), ("b", 1), ("a", 2), ("b", 2), ("a", 3), ("b", 3)]
    assert due(box) == []


def test_a_failing_target_waits_and_keeps_its_order(box):
    first = due(box)[0]
    fail(box, first, NOW + timedelta(minutes=10))
    assert [each.target for each in due(box, NOW + timedelta(minutes=9))] == ["b"]
    again = due(box, NOW + timedelta(minutes=10))
    assert [(each.target, each.event_id, each.suspect) for each in again if each.target == "a"] == [("a", 1, True)]


def test_of_a_target_in_doubt_the_oldest_message_goes_first_whatever_its_own_time(box):
    for number in range(1, 4):
        fail(box, due(box, NOW + timedelta(hours=number))[0], NOW + timedelta(hours=number + 1))
    with box.write() as session:
        events.raise_event(session, "e4", "review.new", NOW)
        outbox.put(session, [{"event_id": 4, "target": "a", "channel": "a", "rule": "r", "urgency": "normal"}], NOW)
    assert next(each.event_id for each in due(box, NOW + timedelta(hours=3)) if each.target == "a") == 1


def test_of_a_target_that_works_each_message_keeps_its_own_time(box):
    fail(box, due(box)[0], NOW + timedelta(hours=1))
    later = due(box, NOW + timedelta(hours=1))
    for number in range(2, 4):
        fail(box, later[0], NOW + timedelta(hours=number), NOW + timedelta(hours=number - 1))
        later = due(box, NOW + timedelta(hours=number))
    arrive(
        box, next(each for each in due(box, NOW + timedelta(hours=2), after={"a": later[0].id}) if each.target == "a")
    )
    assert next(each.event_id for each in due(box, NOW + timedelta(hours=2)) if each.target == "a") == 3


def test_after_three_failures_the_next_message_is_tried_right_away(box):
    for number in range(1, 4):
        stuck = due(box, NOW + timedelta(hours=number))[0]
        fail(box, stuck, NOW + timedelta(hours=number + 1), NOW + timedelta(hours=number))
    now = NOW + timedelta(hours=3)
    probe = next(each for each in due(box, now, after={"a": stuck.id}) if each.target == "a")
    assert (stuck.event_id, probe.event_id) == (1, 2)
    arrive(box, probe, now)
    assert next(each.event_id for each in due(box, now) if each.target == "a") == 3


def test_a_claim_of_a_living_process_stands_until_its_time(box):
    waiting = due(box)[0]
    with box.write() as session:
        outbox.claim(session, waiting.id, ME, NOW)
    assert [each.target for each in due(box)] == ["b"]
    assert len(due(box, NOW + claims.LEASE)) == 2


@pytest.mark.parametrize(
    "pid", ["999999999:1", f"{ME.split(':')[1]}:1"], ids=["no such process", "its number is another's now"]
)
def test_a_claim_of_a_process_that_is_gone_is_free_at_once(box, pid):
    waiting = due(box)[0]
    with box.write() as session:
        outbox.claim(session, waiting.id, f"{ME.split(':')[0]}:{pid}", NOW)
    assert waiting.id in [each.id for each in due(box)]


def test_a_claim_made_on_another_machine_stands_until_its_time(box):
    with box.write() as session:
        outbox.claim(session, due_id(session), "elsewhere:1:1", NOW)
    assert [each.target for each in due(box)] == ["b"]


def due_id(session):
    return session.scalar(select(DeliveryRow.id).order_by(DeliveryRow.id).limit(1))


def test_a_message_let_go_is_free(box):
    waiting = due(box)[0]
    with box.write() as session:
        outbox.claim(session, waiting.id, ME, NOW)
        outbox.let_go(session, waiting.id)
    assert len(due(box)) == 2


def test_giving_up_is_an_event_once_a_target_and_day(box):
    for hours in (1, 2):
        fail(box, next(each for each in due(box) if each.target == "a"), None, NOW + timedelta(hours=hours))
    fail(box, next(each for each in due(box) if each.target == "a"), None, NOW + timedelta(days=1))
    with box.read() as session:
        said = session.scalars(select(EventRow).where(EventRow.kind == "delivery.given_up")).all()
        assert [each.at for each in said] == [NOW + timedelta(hours=1), NOW + timedelta(days=1)]
        assert said[0].values["target_key"] == "a"
        assert session.get(TargetRow, "a").failures == 3


def test_everything_takes_what_failed_and_what_waits_but_what_was_tried(box):
    fail(box, due(box)[0], None)
    fail(box, due(box)[0], NOW + timedelta(hours=1))
    with box.write() as session:
        outbox.try_again(session, NOW)
    taken = due(box, everything=True)
    assert [(each.target, each.event_id) for each in taken] == [("a", 1), ("b", 1)]
    tried = {each.target: each.id for each in taken}
    assert [each.event_id for each in due(box, everything=True, after=tried)] == [2, 2]


def test_two_who_ask_at_once_never_get_the_same_message(box):
    """On PostgreSQL two transactions may look at the same time; on SQLite the second waits for the first."""
    if box.is_sqlite:
        pytest.skip("one writer at a time")
    with box.write() as one:
        first = queue.next_for_each_target(one, NOW)
        for each in first:
            outbox.claim(one, each.id, ME, NOW)
        with box.write() as two:
            second = queue.next_for_each_target(two, NOW)
    assert not {each.id for each in first} & {each.id for each in second}


def test_the_next_due_time_is_the_earliest_of_what_waits(box):
    with box.read() as session:
        assert queue.next_due(session) == NOW
    for waiting in due(box):
        fail(box, waiting, NOW + timedelta(minutes=5))
    with box.read() as session:
        assert queue.next_due(session) == NOW + timedelta(minutes=5)
