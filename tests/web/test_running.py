"""The desk of a real `repmon run`: from the set-up code in the log to the end."""

import re
import signal
import socket
import time

import httpx
import pytest

from repmon.errors import ConfigError
from repmon.web.server import DeskServer
from tests.flow.daemons import HEAD, Place
from tests.flow.peers import Site
from tests.web.desk import Browser

PASSWORD = "three small teapots"
WITH_DESK = HEAD.replace("listen = false", 'listen = "127.0.0.1:0"', 1)


@pytest.fixture
def place(tmp_path, migrated) -> Place:
    return Place(tmp_path, migrated)


@pytest.mark.slow
def test_a_first_start_a_reload_and_a_stop(place):
    place.write(head=WITH_DESK)
    with place.begin() as daemon, httpx.Client(trust_env=False) as client:
        browser = _set_up(daemon, client)
        assert "Kettle and Crumb" in browser.get("/people").text
        place.write(head=WITH_DESK.replace("Kettle and Crumb", "Pan and Plate"))
        daemon.popen.send_signal(signal.SIGHUP)
        daemon.until(lambda: daemon.events("config taken"))
        assert "Pan and Plate" in browser.get("/people").text
        assert place.rows("SELECT action FROM audit WHERE actor = 'repmon'") == [("config.loaded",)] * 2
        assert daemon.stop() == 0
        assert [each["unfinished"] for each in daemon.events("stopped")] == [False]
        assert PASSWORD not in daemon.log
        assert not re.search(r"GET |POST ", daemon.log)
    with place.begin() as again:
        again.until_ready()
        assert not again.events("the desk waits to be set up")
        assert again.stop() == 0


@pytest.mark.slow
def test_a_source_asked_again_at_the_desk_is_asked_within_seconds_and_once(place):
    with Site() as site:
        site.status = (403, {})
        place.write(site.source(every="1h"), head=WITH_DESK)
        with place.begin() as daemon, httpx.Client(trust_env=False) as client:
            daemon.until_polled(status="refused")
            browser = _set_up(daemon, client)
            site.status = None
            answer = browser.post("/sources/desk/ask", page="/sources")
            began = time.monotonic()
            assert "is being asked now" in browser.said(answer)
            daemon.until_polled(status="ok")
            assert time.monotonic() - began < 10
            assert "is not paused" in browser.said(browser.post("/sources/desk/ask", page="/people"))
            assert daemon.stop() == 0
            assert [each["status"] for each in daemon.events("polled")] == ["refused", "ok"]


def _set_up(daemon, client) -> Browser:
    """The owner's browser."""
    daemon.until_ready()
    browser = Browser(client, daemon.events("desk")[0]["listen"])
    [offered] = daemon.events("the desk waits to be set up")
    browser.post("/setup", {"code": offered["code"], "name": "olga", "password": PASSWORD, "again": PASSWORD},
                 page="/setup")  # fmt: skip
    return browser


@pytest.mark.slow
def test_a_taken_port_ends_the_start_with_the_line_to_mend(place):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        place.write(head=HEAD.replace("listen = false", f'listen = "{listen}"', 1))
        with place.begin() as daemon:
            assert daemon.wait() == 2
            assert f'[web] listen = "{listen}" cannot be used: Address already in use' in daemon.log
            assert not daemon.events("polled")


def test_a_port_is_ours_from_the_beginning_or_said_to_be_taken():
    first = DeskServer(("127.0.0.1", 0))
    with pytest.raises(ConfigError, match="Address already in use"):
        DeskServer(first.address)
    assert first.stop()
    second = DeskServer(first.address)
    assert second.stop()


def test_a_browser_that_never_finishes_its_request_is_sent_away(bare, monkeypatch):
    monkeypatch.setattr("repmon.web.patience.SECONDS", 0.3)
    host, port = bare.base.removeprefix("http://").split(":")
    head = "POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n"
    for begun in (b"GET / HT", f"{head}content-length: 100\r\n\r\ncsrf".encode()):
        with socket.create_connection((host, int(port)), timeout=20) as slow:
            slow.sendall(begun)
            assert slow.recv(1000) == b""


def test_a_head_of_a_megabyte_is_not_read(bare):
    host, port = bare.base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as large:
        large.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\nx: " + b"a" * 2**17 + b"\r\n\r\n")
        assert large.recv(20).startswith(b"HTTP/1.1 4")
