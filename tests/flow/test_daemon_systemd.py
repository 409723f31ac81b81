"""A service manager hears when the daemon is ready, alive, reloading and stopping."""

import signal
import socket

import pytest

from repmon.daemon.systemd import ALIVE, READY, STOPPING, Systemd


@pytest.fixture
def manager(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        wire.bind(str(tmp_path / "notify"))
        wire.settimeout(40)
        yield wire


def test_a_daemon_tells_its_manager_how_it_is(place, site, sink, manager, tmp_path):
    place.write(site.source(), sink.channel())
    env = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "600000"}
    with place.begin(env=env) as daemon:
        _hear(manager, until=READY)
        _hear(manager, until=ALIVE)
        daemon.popen.send_signal(signal.SIGHUP)
        heard = _hear(manager, until="RELOADING=1")
        assert "MONOTONIC_USEC=" in heard[-1]
        _hear(manager, until=READY)
        assert daemon.stop() == 0
        _hear(manager, until=STOPPING)


def _hear(manager: socket.socket, until: str) -> list[str]:
    heard: list[str] = []
    while not heard or until not in heard[-1]:
        heard.append(manager.recv(1000).decode())
    return heard


def test_an_abstract_socket_is_reached():
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        wire.bind("\0repmon-test-notify")
        wire.settimeout(5)
        Systemd({"NOTIFY_SOCKET": "@repmon-test-notify"}).tell(READY, "STATUS=fine")
        assert wire.recv(100) == b"READY=1\nSTATUS=fine"


@pytest.mark.parametrize("socket_name", ["", "/no/such/socket", "nonsense", "vsock:2:1"])
def test_without_a_manager_nothing_happens(socket_name):
    Systemd({"NOTIFY_SOCKET": socket_name}).tell(READY)


@pytest.mark.parametrize(
    ("environ", "seconds"),
    [({"WATCHDOG_USEC": "30000000"}, 30.0), ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None), ({}, None),
     ({"WATCHDOG_USEC": "soon"}, None), ({"WATCHDOG_USEC": "0"}, None)],
)  # fmt: skip
def test_the_watchdog_is_kept_only_when_it_is_ours(environ, seconds):
    assert Systemd(environ).watchdog == seconds
