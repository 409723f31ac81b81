"""A source that is read well and yet brings nothing: normal, or worth a look, and said once."""

from datetime import timedelta

import pytest

from repmon.cli.health import healths
from tests.flow.site import many, written
from tests.flow.stage import NOW


@pytest.fixture
def shop(stage, board, sink):
    """Three reviews a week for ten weeks, all of them read; the last is a day old."""
    board.page = 100
    board.show(*many(30, NOW - timedelta(days=1), step=timedelta(days=7 / 3)))
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/a").source("shop", "changed", board).begin().turn()
    sink.messages.clear()
    return stage


def days(shop, number):
    for _ in range(number):
        shop.later(days=1).turn()


def test_a_week_without_a_review_is_normal(shop):
    days(shop, 7)
    assert shop.events("source.quiet") == 0


def test_a_long_silence_is_said_once(shop, sink):
    days(shop, 30)
    assert shop.events("source.quiet") == 1
    assert len(sink.messages) == 1
    assert "shop has shown 0 new reviews in 12 days; " in sink.messages[0]


def test_a_new_review_ends_the_silence_and_the_next_is_said_again(shop, board):
    days(shop, 20)
    board.show(written("alive", shop.now))
    days(shop, 20)
    assert shop.events("source.quiet") == 2


def test_a_failing_source_is_failing_and_not_quiet(shop, board):
    board.fault = (500, {}, b"")
    days(shop, 30)
    assert shop.events("source.quiet") == 0
    assert shop.events("source.failing") == 1


def test_a_failure_and_its_end_are_said_once_each(shop, board):
    board.fault = (500, {}, b"")
    days(shop, 3)
    board.fault = None
    days(shop, 3)
    assert (shop.events("source.failing"), shop.events("source.recovered")) == (1, 1)


def test_a_source_with_hardly_any_history_is_never_called_quiet(stage, board, sink):
    board.show(*many(3, NOW - timedelta(days=1)))
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/a").source("shop", "changed", board).begin().turn()
    days(stage, 40)
    assert stage.events("source.quiet") == 0


def test_silence_before_the_source_was_added_is_nobodys_fault(stage, board, sink):
    board.page = 100
    board.show(*many(30, NOW - timedelta(days=200), step=timedelta(days=7 / 3)))
    stage.channel("owner", f"json://127.0.0.1:{sink.port}/a").source("shop", "changed", board).begin().turn()
    days(stage, 5)
    assert stage.events("source.quiet") == 0


def test_the_list_of_sources_says_whether_the_silence_is_normal(shop):
    def note():
        return healths(shop.world)[0].note

    days(shop, 2)
    assert note() == "Read 3 of 3 times; nothing new in 2 days is normal here (about 3.0 a week)."
    days(shop, 20)
    assert note() == "Read 23 of 23 times; 0 new reviews in 22 days, 9.4 would be usual: check the connector."
