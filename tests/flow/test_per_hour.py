"""A channel gets at most so many messages an hour; what is more comes as one summary that says so."""

import pytest

from tests.flow.telling import Shop, numbered


@pytest.fixture
def shop(stage, board, sink):
    """Three an hour, one message an event."""
    return Shop(stage, board, sink, group="false", per_hour=3)


def spread(shop: Shop, number: int) -> None:
    """So many reviews, one every five minutes, each sent at once where it may be."""
    numbered(shop, number, lambda: shop.deliver(minutes=5))


def test_beyond_the_cap_the_rest_is_one_summary_once_a_place_is_free(shop, sink):
    spread(shop, 8)
    assert len(sink.messages) == 3
    shop.deliver(minutes=24, seconds=59)
    assert len(sink.messages) == 3
    shop.deliver(seconds=1)
    assert len(sink.messages) == 4
    assert sink.messages[3].startswith("5 more messages at Kettle and Crumb in the last hour, 5 unhappy\n")
    assert "More than 3 messages an hour were due here" in sink.messages[3]
    assert shop.deliver(hours=5).delivered == 0


def test_what_is_urgent_is_held_beyond_the_cap_too(shop, sink):
    spread(shop, 3)
    shop.write("There was poison in the soup.")
    shop.deliver()
    assert not sink.count("poison")
    shop.deliver(hours=1)
    assert sink.count("poison") == 1


def test_the_summary_takes_a_place_of_its_own(shop, sink):
    spread(shop, 5)  # three were sent, five minutes apart
    shop.deliver(minutes=40)
    assert len(sink.messages) == 4
    shop.write()
    shop.deliver(minutes=4, seconds=59)
    assert len(sink.messages) == 4
    shop.deliver(seconds=1)
    assert len(sink.messages) == 5


def test_in_no_hour_are_there_more_than_the_cap(shop, sink):
    times = []
    sink.on_message = lambda _text: times.append(shop.stage.now)
    for _ in range(24):
        shop.write()
        shop.deliver(minutes=7)
    for at in times:
        assert sum(0 <= (other - at).total_seconds() < 3600 for other in times) <= 3
    shop.deliver(hours=2)
    assert {state for state, _ in shop.waits()} == {"delivered"}


def test_a_restart_does_not_forget_what_was_sent(shop, sink):
    spread(shop, 3)
    shop.stage.begin()
    shop.write()
    shop.deliver()
    assert len(sink.messages) == 3
    assert shop.waits()[-1] == ("held", "per_hour")


def test_each_address_has_its_own_count(stage, board, sink):
    shop = Shop(stage, board, sink, group="false", per_hour=3)
    spread(shop, 3)
    stage.channels.clear()
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/a", f"json://127.0.0.1:{sink.port}/b").begin()
    shop.write()
    shop.deliver()
    assert [path for path in sink.requests if path == "/b"] == ["/b"]


def test_a_cap_of_zero_is_no_cap(stage, board, sink):
    shop = Shop(stage, board, sink, group="false", per_hour=0)
    numbered(shop, 15)
    shop.deliver()
    assert len(sink.messages) == 15
