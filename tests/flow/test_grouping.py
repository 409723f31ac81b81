"""Reviews that come together are one message; what is urgent waits for nobody; a failed bundle stays one."""

from datetime import timedelta

import pytest

from repmon.pipeline import deliver_all
from repmon.store import due, outbox
from repmon.turn import send
from tests.flow.peers import until
from tests.flow.site import Board, many
from tests.flow.telling import Shop, numbered, reference

pytestmark = pytest.mark.both_databases


@pytest.fixture
def shop(stage, board, sink):
    return Shop(stage, board, sink)


def test_reviews_that_come_within_half_a_minute_are_one_message_half_a_minute_later(shop, sink):
    shop.write("Complaint 1: cold and rude.")
    shop.deliver(seconds=20)
    shop.write("Lovely cake, thank you!", stars=5)
    shop.deliver(seconds=29)
    assert sink.messages == []
    shop.deliver(seconds=1)
    assert len(sink.messages) == 1
    assert sink.messages[0].startswith("2 new reviews at Kettle and Crumb, 1 unhappy\n")
    assert "Complaint 1" in sink.messages[0]
    assert "Lovely cake" in sink.messages[0]
    assert shop.deliver(hours=1).delivered == 0


def test_a_stream_of_newcomers_is_told_five_minutes_after_the_first(shop, sink):
    heard = []
    for _ in range(20):
        shop.write()
        shop.deliver(seconds=20)
        heard.append(len(sink.messages))
    assert heard.index(1) == 14  # the fifteenth came 280 s after the first, and was sent with it 20 s later
    assert sink.messages[0].startswith("15 new reviews")


def test_what_is_urgent_goes_at_once_and_alone(shop, sink):
    shop.write()
    shop.write("There was poison in the soup.")
    shop.deliver()
    assert len(sink.messages) == 1
    assert "poison" in sink.messages[0]
    shop.deliver(seconds=31)
    assert "waiter rude" in sink.messages[1]


def test_one_that_found_no_company_is_the_ordinary_message(shop, sink):
    shop.write()
    shop.deliver(seconds=31)
    assert sink.messages[0].startswith("Unhappy review at Kettle and Crumb: 1 of 5 stars\n")


def test_without_grouping_each_review_is_a_message_at_once(stage, board, sink):
    shop = Shop(stage, board, sink, group="false")
    numbered(shop, 3)
    shop.deliver()
    assert len(sink.messages) == 3


def test_a_single_turn_tells_what_it_brought_in_one_message_and_waits_for_nobody(shop, sink, board):
    board.show(*many(3, shop.stage.now, prefix="t"))
    shop.stage.turn()
    assert [message.partition("\n")[0] for message in sink.messages] == ["3 new reviews at Kettle and Crumb, 3 unhappy"]


def test_a_long_list_is_cut_and_says_where_the_rest_is(shop, sink, board):
    board.show(*many(20, shop.stage.now, prefix="t", step=timedelta(seconds=1)))
    shop.stage.turn()
    assert sink.messages[0].startswith("20 new reviews")
    assert "… and 8 more." in sink.messages[0]
    assert "See all with `repmon reviews`." in sink.messages[0]


def test_of_a_cut_list_the_unhappy_ones_are_told(shop, sink):
    for number in range(14):
        shop.board.show({"id": f"h{number}", "text": "Lovely cake!", "stars": 5, "at": shop.stage.now.isoformat()})
    shop.write("Complaint 1: cold and rude.")
    shop.deliver(seconds=31)
    assert sink.messages[0].startswith("15 new reviews at Kettle and Crumb, 1 unhappy")
    assert "1. Unhappy review" in sink.messages[0]


def test_several_sources_failing_at_once_are_one_message_apart_from_reviews(stage, board, sink):
    shop = Shop(stage, board, sink)
    with Board() as second:
        stage.source("second", "changed", second).begin()
        stage.turn()
        sink.messages.clear()
        shop.write()
        board.fault = second.fault = (403, {}, b"no")
        stage.turn(send=False)
        shop.deliver(seconds=31)
    assert sorted(message.partition("\n")[0] for message in sink.messages) == [
        "2 sources cannot be read",
        "Unhappy review at Kettle and Crumb: 1 of 5 stars",
    ]


def test_a_bundle_that_failed_is_sent_again_as_it_was(shop, sink):
    seen = []
    sink.on_message = seen.append
    sink.status = 503
    numbered(shop, 3)
    shop.deliver(seconds=31)
    assert [state for state, _ in shop.waits()] == ["pending", "held", "held"]
    sink.status = 200
    shop.write("Complaint 4: came later.")
    shop.deliver(minutes=1)
    shop.deliver(minutes=1)
    assert len(sink.messages) == 2
    assert reference(seen[0]) == reference(sink.messages[0])
    assert "Complaint 4" not in sink.messages[0]
    assert {state for state, _ in shop.waits()} == {"delivered"}


def test_a_bundle_is_delivered_whole_and_points_to_the_message_that_carried_it(shop, sink):
    numbered(shop, 3)
    shop.deliver(seconds=31)
    rows = shop.stage.rows("SELECT id, state, bundle_id, delivered_at FROM delivery ORDER BY id DESC LIMIT 3")[::-1]
    lead = rows[0][0]
    assert [(state, bundle) for _, state, bundle, _ in rows] == [
        ("delivered", None), ("delivered", lead), ("delivered", lead),
    ]  # fmt: skip
    assert len({at for *_, at in rows}) == 1
    assert shop.stage.one("SELECT count(*) FROM attempt WHERE delivery_id = ?", lead) == 1


def test_a_bundle_that_is_given_up_fails_whole_and_a_retry_sends_it_whole(shop, sink):
    sink.status = 404
    numbered(shop, 2)
    shop.deliver(seconds=31)
    assert [state for state, _ in shop.waits()] == ["failed", "failed"]
    sink.status = 200
    assert deliver_all(shop.stage.world, everything=True).delivered >= 1
    assert sum("2 new reviews" in message for message in sink.messages) == 1
    assert {state for state, _ in shop.waits()} == {"delivered"}


def test_a_bundle_in_the_hands_of_a_dead_process_is_sent_by_the_next_as_it_was(shop, sink):
    numbered(shop, 3)
    shop.stage.later(seconds=31)
    taken = send._take(shop.stage.world, [], {}, everything=False)
    host = shop.stage.world.who.split(":")[0]
    with shop.stage.world.database.write() as session:
        outbox.claim(session, taken[0].id, f"{host}:999999999:1", shop.stage.now)
    shop.write("Complaint 4: came later.")
    shop.deliver(seconds=31)
    shop.deliver(seconds=31)
    assert [message.partition("\n")[0] for message in sink.messages] == [
        "3 new reviews at Kettle and Crumb, 3 unhappy",
        "Unhappy review at Kettle and Crumb: 1 of 5 stars",
    ]


def test_the_end_of_a_wait_is_when_the_next_message_is_due(shop):
    shop.write()
    with shop.stage.world.database.read() as session:
        assert due.next_due(session) == shop.stage.now + timedelta(seconds=30)


@pytest.mark.slow
def test_the_daemon_tells_what_came_together_in_one_message_after_the_wait(place, site, sink):
    place.write(
        site.source(), sink.channel(), '[[rules]]\nname = "all"\nnotify = "owner"\n',
        head='[business]\nname = "Kettle and Crumb"\n[http]\nallow = ["127.0.0.1"]\n[web]\nlisten = false\n',
    )  # fmt: skip
    with place.begin() as daemon:
        daemon.until_polled()
        site.add("a", "The soup was cold.")
        site.add("b", "The tea was stale.")
        until(lambda: sink.count("tea was stale"), 60, lambda: daemon.log)
        assert daemon.stop() == 0
    assert sink.count("soup was cold") == sink.count("2 new reviews") == 1
