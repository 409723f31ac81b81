"""One host is asked no faster than allowed, whoever asks; and a stopping daemon waits for nobody."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest

from repmon.errors import SourceBusy, SourceChanged, SourceDown
from repmon.http.pace import AT_ONCE, Lanes, Pace
from tests.http.peer import in_turn, says


def test_requests_to_a_host_are_spread_evenly():
    pace = Pace(lambda: 100.0)
    assert [pace.take("a.example", 5) for _ in range(4)] == pytest.approx([0, 0.2, 0.4, 0.6])


def test_hosts_do_not_wait_for_each_other():
    pace = Pace(lambda: 100.0)
    assert [pace.take(host, 1) for host in ("a.example", "b.example", "c.example")] == [0, 0, 0]


def test_time_that_passed_is_not_saved_up():
    now = [0.0]
    pace = Pace(lambda: now[0])
    pace.take("a.example", 1)
    now[0] = 60.0
    assert [pace.take("a.example", 1) for _ in range(3)] == [0, 1, 2]


def test_a_host_that_asked_for_quiet_gets_it():
    pace = Pace(lambda: 100.0)
    pace.hold("a.example", 9.0)
    pace.hold("a.example", 1.0)
    assert pace.take("a.example", 5) == 9.0


def test_many_threads_share_one_pace():
    pace = Pace(lambda: 0.0)
    with ThreadPoolExecutor(8) as pool:
        waits = sorted(pool.map(lambda _: pace.take("a.example", 10), range(200)))
    assert waits == pytest.approx([n / 10 for n in range(200)])


def test_a_read_sleeps_for_its_pace(site, make_client, hands):
    client = make_client(monotonic=lambda: sum(hands.slept))
    peer = site(in_turn(says()))
    read = client.read(calls_per_second=0.5)
    for _ in range(3):
        read.get(peer.url)
    assert sum(hands.slept) == pytest.approx(4.0)


def test_two_reads_of_one_host_share_its_pace(site, make_client, hands):
    client = make_client(monotonic=lambda: 0.0)
    peer = site(in_turn(says()))
    for _ in range(3):
        client.read(calls_per_second=1.0).get(peer.url)
    assert sum(hands.slept) == pytest.approx(0 + 1 + 2)


def test_few_requests_to_one_host_are_under_way_at_once():
    lanes, most, now, lock = Lanes(), [0], [0], threading.Lock()
    together = threading.Event()

    def one(_: int) -> None:
        with lanes.one("a.example", 5.0):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            together.wait(0.02)
            with lock:
                now[0] -= 1

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(one, range(24)))
    assert most[0] == AT_ONCE


def test_a_host_whose_lanes_are_all_taken_is_a_timeout_and_not_a_hang():
    lanes = Lanes()
    with ExitStack() as taken:
        for _ in range(AT_ONCE):
            taken.enter_context(lanes.one("a.example", 1.0))
        with pytest.raises(httpx.PoolTimeout), lanes.one("a.example", 0.01):
            pass
        with lanes.one("b.example", 0.01):
            pass
    with lanes.one("a.example", 0.01):
        pass


def test_a_stopping_daemon_sends_nothing_more(site, make_client):
    peer = site(in_turn(says()))
    read = make_client().read(calls_per_second=1000, cancelled=lambda: True)
    with pytest.raises(SourceDown) as caught:
        read.get(peer.url)
    assert (caught.value.code, peer.asked, read.requests) == ("stopping", [], 0)


def test_a_daemon_that_stops_during_a_long_wait_ends_it_within_a_second(site, make_client, hands):
    peer = site(in_turn(says("", 429, retry_after="18")))
    read = make_client().read(calls_per_second=1000, cancelled=lambda: sum(hands.slept) > 3)
    with pytest.raises(SourceDown) as caught:
        read.get(peer.url)
    assert caught.value.code == "stopping"
    assert sum(hands.slept) <= 4.1


def test_a_spent_budget_ends_the_read_and_counts_every_try(site, make_client):
    peer = site(in_turn(says(), says("", 500), says()))
    read = make_client().read(calls_per_second=1000, budget=2)
    read.get(peer.url)
    with pytest.raises(SourceBusy) as caught:
        read.get(peer.url)
    assert caught.value.code == "budget_spent"
    assert caught.value.retry_after is None
    assert len(peer.asked) == read.requests == 2


def test_pages_without_items_do_not_go_on_for_ever(site, read):
    peer = site(in_turn(says()))
    for _ in range(25):
        read.get(peer.url)
    with pytest.raises(SourceChanged) as caught:
        read.get(peer.url)
    assert caught.value.code == "answers_without_items"
    assert len(peer.asked) == 25


def test_pages_with_items_go_on(site, read):
    peer = site(in_turn(says()))
    for _ in range(40):
        read.get(peer.url)
        read.item_seen()
    assert read.requests == 40


def test_notes_are_kept_with_their_values(read):
    read.note("window_reached", pages=10)
    assert read.notes == [("window_reached", {"pages": 10})]
