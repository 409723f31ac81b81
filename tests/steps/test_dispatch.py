"""Three in flight, one per target, at most one of them to a target whose last attempt failed."""

from hypothesis import given
from hypothesis import strategies as st

from repmon.steps.alerting.dispatch import IN_FLIGHT, Due, pick


def due(*rows: tuple[int, str, bool]) -> list[Due]:
    return [Due(*row) for row in rows]


def test_three_go_out_in_order_of_due_time():
    assert pick(due((1, "a", False), (2, "b", False), (3, "c", False), (4, "d", False)), {}) == [1, 2, 3]


def test_a_target_gets_one_message_at_a_time():
    assert pick(due((1, "a", False), (2, "a", False), (3, "b", False)), {}) == [1, 3]
    assert pick(due((1, "a", False), (3, "b", False)), {"a": False}) == [3]


def test_only_one_suspect_is_tried_however_many_are_due():
    assert pick(due((1, "a", True), (2, "b", True), (3, "c", True)), {}) == [1]


def test_a_suspect_in_flight_keeps_the_others_waiting_but_not_the_proven():
    assert pick(due((1, "b", True), (2, "c", False)), {"a": True}) == [2]


def test_proven_targets_go_before_an_older_suspect():
    assert pick(due((1, "x", True), (2, "a", False), (3, "b", False), (4, "c", False)), {}) == [2, 3, 4]
    assert pick(due((1, "x", True), (2, "a", False), (3, "b", False)), {}) == [2, 3, 1]


def test_nothing_starts_while_three_are_on_their_way():
    assert pick(due((1, "d", False)), {"a": False, "b": False, "c": True}) == []


targets = st.sampled_from("abcdef")


@given(st.dictionaries(targets, st.booleans()), st.lists(targets, max_size=30), st.sets(targets, max_size=IN_FLIGHT))
def test_the_limits_hold_for_any_queue(suspects, queue, in_flight):
    busy = dict.fromkeys(sorted(in_flight), False)
    rows = [Due(number, target, suspects.get(target, False)) for number, target in enumerate(queue)]
    chosen = [rows[number] for number in pick(rows, busy)]
    on_their_way = [row.target for row in chosen] + list(busy)
    assert len(on_their_way) == len(set(on_their_way)) <= IN_FLIGHT
    assert sum(row.suspect for row in chosen) <= 1
    idle = {row.target for row in rows if row.target not in on_their_way and not row.suspect}
    assert not idle or len(on_their_way) == IN_FLIGHT
