"""Each event reaches each of its targets once, in order, whatever the channels do; storing never waits for telling."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from repmon.pipeline import deliver_all
from repmon.store import due, outbox
from tests.flow.peers import Sink
from tests.flow.site import many, written
from tests.flow.stage import NOW


@pytest.fixture
def other() -> Iterator[Sink]:
    with Sink() as server:
        yield server


@pytest.fixture
def shop(stage, board, sink):
    """A source whose first read is over and told."""
    board.show(*many(2, NOW - timedelta(days=3)))
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/a").source("shop", "changed", board).begin().turn()
    sink.messages.clear()
    return stage


def write_five(board):
    for number in range(1, 6):
        board.show(written(f"n{number}", NOW + timedelta(minutes=number), f"Complaint number {number}: cold and rude."))


def heard(sink: Sink) -> list[int]:
    """The numbers of the complaints received, in order."""
    return [int(message.partition("Complaint number ")[2][0]) for message in sink.messages if "Complaint" in message]


def test_a_channel_that_was_down_for_three_polls_gets_each_message_once_in_order(shop, board, sink):
    sink.status = 503
    for number in range(1, 4):
        board.show(written(f"n{number}", NOW, f"Complaint number {number}: cold and rude."))
        assert shop.begin().later(minutes=15).turn().outcomes[0].new == 1
    sink.status = 200
    shop.begin().later(hours=1).turn()
    assert heard(sink) == [1, 2, 3]
    assert shop.turn().delivered.delivered == 0
    assert shop.one("SELECT count(*) FROM delivery WHERE state <> 'delivered'") == 0
    tries = shop.rows(
        "SELECT count(*), sum(attempt.error IS NOT NULL) FROM attempt JOIN delivery ON delivery_id = delivery.id"
        " JOIN event ON event_id = event.id WHERE kind = 'review.new' GROUP BY delivery_id ORDER BY delivery_id"
    )
    assert all(all_tries == failed + 1 for all_tries, failed in tries)
    assert tries[0][1] >= 3


def test_a_channel_that_fails_on_the_third_of_five_gets_three_to_five_at_the_next_run(shop, board, sink):
    answer = sink.answer
    sink.answer = lambda path, body: (500, {}, b"") if b"number 3" in body else answer(path, body)
    write_five(board)
    shop.later(minutes=15).turn()
    first = heard(sink)
    sink.answer = answer
    shop.begin().later(hours=1).turn()
    assert (first, heard(sink)) == ([1, 2], [1, 2, 3, 4, 5])


def test_a_dead_channel_blocks_neither_storing_nor_another_channel(shop, board, sink, other):
    shop.channel("second", f"json://127.0.0.1:{other.port}/b").begin()
    sink.status = 500
    write_five(board)
    shop.later(minutes=15).turn()
    assert heard(other) == [1, 2, 3, 4, 5]
    assert heard(sink) == []
    assert shop.one("SELECT count(*) FROM review") == 7


def test_an_address_that_is_gone_for_good_is_not_tried_again(shop, board, sink, other):
    shop.channel("second", f"json://127.0.0.1:{other.port}/b").begin()
    sink.status = 404
    write_five(board)
    shop.later(minutes=15).turn()
    shop.later(days=2).turn()
    assert shop.rows("SELECT DISTINCT attempts FROM delivery WHERE channel = 'owner' AND rule = 'unhappy'") == [(1,)]
    assert shop.rows("SELECT DISTINCT state, permanent FROM delivery WHERE channel = 'owner' AND rule = 'unhappy'") == [
        ("failed", 1)
    ]


def test_giving_up_is_told_on_another_channel_once_a_target_and_day(shop, board, sink, other):
    shop.channel("second", f"json://127.0.0.1:{other.port}/b").begin()
    sink.status = 503
    write_five(board)
    for _ in range(20):
        shop.later(hours=2).turn()
    assert (
        shop.one("SELECT count(*) FROM delivery WHERE channel = 'owner' AND state = 'pending' AND rule = 'unhappy'")
        == 0
    )
    told = [message for message in other.messages if "Complaint" not in message]
    assert shop.events("delivery.given_up") in {1, 2}  # a day may end in between
    assert len(told) == shop.events("delivery.given_up")
    assert shop.one("SELECT count(*) FROM event WHERE kind = 'delivery.given_up' AND \"values\" LIKE '%secret%'") == 0


def test_a_retry_by_hand_sends_what_failed_and_what_waits(shop, board, sink):
    sink.status = 404
    board.show(written("n1", NOW, "Complaint number 1: cold and rude."))
    shop.later(minutes=15).turn()
    sink.status = 503
    board.show(written("n2", NOW, "Complaint number 2: cold and rude."))
    shop.later(minutes=15).turn()
    sink.status = 200
    assert deliver_all(shop.world).delivered == 0
    assert deliver_all(shop.world, everything=True).delivered == 2
    assert heard(sink) == [1, 2]


def test_a_message_to_a_channel_that_is_no_longer_configured_is_given_up(shop, board, sink, other):
    sink.status = 503
    write_five(board)
    shop.later(minutes=15).turn()
    shop.channels.clear()
    shop.channel("second", f"json://127.0.0.1:{other.port}/b").begin().later(hours=1).turn()
    assert shop.rows("SELECT DISTINCT state FROM delivery WHERE channel = 'owner' AND rule = 'unhappy'") == [
        ("failed",)
    ]
    assert shop.events("delivery.given_up") == 1


def test_a_message_that_no_service_takes_does_not_hold_up_the_others_for_hours(shop, board, sink):
    """The service answers 500 to one text, and takes all others."""

    def refuse(text: str) -> None:
        sink.status = 500 if "number 1" in text else 200

    board.show(written("n1", NOW, "Complaint number 1: cold and rude."))
    answer = sink.answer
    sink.answer = lambda path, body: (refuse(body.decode()), answer(path, body))[1]
    for _ in range(6):
        shop.later(minutes=40).turn()
    for number in range(2, 5):
        board.show(written(f"n{number}", NOW, f"Complaint number {number}: cold and rude."))
        shop.later(hours=7).turn()
    assert heard(sink) == [2, 3, 4]
    board.show(written("n5", NOW, "Complaint number 5: cold and rude."))
    shop.later(hours=7).turn()
    board.show(written("n6", NOW, "Complaint number 6: cold and rude."))
    shop.later(minutes=1).turn()
    assert heard(sink)[-2:] == [5, 6]


def test_a_message_in_the_hands_of_a_dead_process_is_free_at_once(shop, board, sink):
    board.show(written("n1", NOW, "Complaint number 1: cold and rude."))
    shop.later(minutes=15).turn(send=False)
    host = shop.world.who.split(":")[0]
    with shop.world.database.write() as session:
        waiting = due.next_for_each_target(session, shop.now)
        outbox.claim(session, waiting[0].id, f"{host}:999999999:1", shop.now)
    assert shop.turn().delivered.delivered == 1


def test_a_message_in_the_hands_of_a_living_process_is_left_to_it(shop, board, sink):
    board.show(written("n1", NOW, "Complaint number 1: cold and rude."))
    shop.later(minutes=15).turn(send=False)
    with shop.world.database.write() as session:
        waiting = due.next_for_each_target(session, shop.now)
        outbox.claim(session, waiting[0].id, shop.world.who, shop.now)
    assert shop.turn().delivered.delivered == 0
    assert shop.later(minutes=3).turn().delivered.delivered == 1


def test_nobody_is_told_twice_where_two_channels_share_an_address(shop, board, sink):
    shop.channel("second", f"json://127.0.0.1:{sink.port}/a").begin()
    board.show(written("n1", NOW, "Complaint number 1: cold and rude."))
    shop.later(minutes=15).turn()
    assert heard(sink) == [1]
