"""A topic is named when complaints about it changed by more than chance explains."""

from repmon.steps.digest.topic_moves import topic_moves

NONE: frozenset[str] = frozenset()
WAIT, PRICE = frozenset({"wait"}), frozenset({"price"})


def test_a_topic_that_is_blamed_more_often_is_named():
    [move] = topic_moves([WAIT] * 6 + [NONE] * 6, [WAIT] * 8 + [NONE] * 72)
    assert (move.topic, move.count, round(move.usual, 1), move.up) == ("wait", 6, 1.2, True)


def test_a_topic_that_is_blamed_less_often_is_named_too():
    [move] = topic_moves([NONE] * 30, [PRICE] * 60 + [NONE] * 140)
    assert (move.topic, move.count, round(move.usual), move.up) == ("price", 0, 9, False)


def test_small_numbers_are_no_news():
    assert topic_moves([WAIT] * 2, [NONE] * 80) == ()
    assert topic_moves([WAIT] * 3 + [NONE] * 20, [WAIT] * 10 + [NONE] * 70) == ()
    assert topic_moves([NONE] * 4, [PRICE] * 40 + [NONE] * 40) == ()


def test_without_a_past_nothing_changed():
    assert topic_moves([WAIT] * 9, []) == ()
    assert topic_moves([], [WAIT] * 9) == ()
