"""Signals: a daemon told to stop finishes what it has in hand; one told to reload takes up what changed."""

import signal
import threading
import time
from pathlib import Path

import pytest

from tests.flow.peers import Site, until


def _hold_third_page(site) -> tuple[threading.Event, threading.Event]:
    asked, go_on = threading.Event(), threading.Event()

    def hold(start: int) -> None:
        if start >= 100 and not go_on.is_set():
            asked.set()
            go_on.wait(20)

    site.on_page = hold
    return asked, go_on


@pytest.mark.slow
def test_a_stop_in_the_middle_of_a_read_keeps_what_was_stored_and_blames_nobody(place, site, sink):
    asked, go_on = _hold_third_page(site)
    for number in range(300):
        site.add(f"r{number}", f"Review number {number}.")
    place.write(site.source(every="1h"), sink.channel())
    with place.begin() as daemon:
        daemon.until(asked.is_set)
        daemon.popen.send_signal(signal.SIGTERM)
        daemon.until(lambda: daemon.events("stopping"))
        go_on.set()
        assert daemon.wait() == 0
        assert not daemon.events("job stumbled")
        assert [each["unfinished"] for each in daemon.events("stopped")] == [False]
    assert 100 <= place.one("SELECT count(*) FROM review") < 300
    assert place.one("SELECT value FROM fact WHERE name = 'stopped'") == "finished"
    assert place.rows("SELECT state, failing_since FROM source") == [("ok", None)]
    with place.begin() as daemon:
        daemon.until_polled()  # the rest, at once and not in an hour
        assert place.one("SELECT count(*) FROM review") == 300
        daemon.until(lambda: sink.count("First read of desk"))
        assert daemon.stop(signal.SIGINT) == 0
    assert not sink.count("cannot be read")
    wal = place.folder / "repmon.db-wal"
    assert not wal.exists() or wal.stat().st_size == 0


@pytest.mark.slow
def test_a_stop_between_two_calls_to_a_paced_site_blames_nobody(place, site, sink):
    for number in range(1000):
        site.add(f"r{number}", f"Review number {number}.")
    place.write(site.source(every="1h"), sink.channel())
    with place.begin() as daemon:
        daemon.until(lambda: place.one("SELECT count(*) FROM review") >= 250)
        assert daemon.stop() == 0
    assert place.rows("SELECT state, failing_since FROM source") == [("ok", None)]


@pytest.mark.slow
def test_a_reload_takes_up_new_sources_and_channels_and_leaves_the_database_where_it_is(place, site, sink):
    place.write(site.source("old"), '\n[channels.owner]\nurls = ["json://127.0.0.1:9/x"]\n')
    with place.begin() as daemon, Site() as other:
        daemon.until_polled("old")
        place.write(other.source("new"), sink.channel(), '\n[storage]\nurl = "sqlite:///another.db"\n')
        daemon.popen.send_signal(signal.SIGHUP)
        daemon.until_polled("new")
        asked = len(site.requests)
        other.add("a", "The soup was cold.")
        daemon.until(lambda: sink.count("soup was cold"))
        assert len(site.requests) == asked
        assert dict(place.rows("SELECT name, state FROM source")) == {"old": "retired", "new": "ok"}
        kept = daemon.events("changed in the config, taken at the next restart")
        assert [each["section"] for each in kept] == ["storage"]
        assert daemon.stop() == 0
    assert not (place.folder / "another.db").exists()


@pytest.mark.slow
def test_a_second_signal_ends_the_waiting(place, site):
    holding = threading.Event()
    site.on_page = lambda _start: (holding.set(), site.closed.wait(60))
    place.write(site.source())
    with place.begin() as daemon:
        daemon.until(holding.is_set)
        daemon.popen.send_signal(signal.SIGTERM)
        daemon.until(lambda: daemon.events("stopping"))
        started = time.monotonic()
        assert daemon.stop(signal.SIGTERM) == 0
        assert time.monotonic() - started < 5
        assert daemon.events("stopped")[0]["unfinished"] is True


@pytest.mark.slow
def test_a_broken_configuration_is_refused_with_status_2(place, site):
    place.write(site.source().replace("every", "evry"))
    with place.begin() as daemon:
        assert daemon.wait() == 2
        assert "evry" in daemon.log
        assert "Traceback" not in daemon.log


@pytest.mark.slow
def test_a_daemon_that_is_told_to_stop_while_it_starts_stops(place, site):
    place.write(site.source())
    lock = Path(f"{place.database}.lock")
    with place.begin() as daemon:
        until(lambda: lock.exists() or daemon.popen.poll() is not None)
        assert daemon.stop() == 0
