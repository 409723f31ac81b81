"""No source reaches into the private network, however the address is spelled."""

import socket
import threading

import httpcore
import httpx
import pytest

from repmon.errors import SourceDown, SourceRefused
from repmon.http import Guard, Limits
from repmon.http.wire import Deadline, transport
from tests.http.peer import in_turn, says

PRIVATE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "192.88.99.1", "168.63.129.16", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:100.64.0.1", "::ffff:10.0.0.1", "fe80::1",
    "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "ff0e::1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:1::1", "2001:db8::1", "100::1",
    "3fff::1", "5f00::1", "not an address", "",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0.0.0.0", "0", "[::1]",
    "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "localhost", "LOCALHOST", "169.254.169.254", "2852039166", "[fe80::1]", "10.1", "user:pass@127.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_refused(address):
    assert not Guard().permits(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_permitted(address):
    assert Guard().permits(address)


@pytest.mark.parametrize(
    ("allow", "address"),
    [("127.0.0.1", "127.0.0.1"), ("127.0.0.1", "::ffff:127.0.0.1"), ("10.0.0.0/8", "10.9.8.7"), ("fd00::/8", "fd00::5"),
     ("10.0.0.7/8", "10.1.1.1"), ("::1", "::1")],
)  # fmt: skip
def test_a_private_address_that_is_allowed_is_permitted(allow, address):
    assert Guard([allow]).permits(address)


def test_allowing_one_private_address_allows_no_other():
    guard = Guard(["10.0.0.1", "127.0.0.1"])
    assert not any(map(guard.permits, ["10.0.0.2", "127.0.0.2", "64:ff9b::7f00:1", "::1", "169.254.169.254"]))


def test_an_allow_that_is_no_address_is_an_error():
    with pytest.raises(ValueError, match="intranet"):
        Guard(["intranet"])


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_a_private_address_is_connected_to(host, site, make_client):
    peer = site(in_turn(says()))
    read = make_client(allow=[]).read(calls_per_second=1000)
    with pytest.raises(SourceRefused) as caught:
        read.get(f"http://{host}:{peer.port}/")
    assert caught.value.code == "address_refused"
    assert peer.asked == []


@pytest.mark.parametrize("host", ["127.1", "2130706433", "[::1]", "169.254.169.254", "0", "[fd00:ec2::254]"])
def test_a_redirect_into_the_private_network_is_refused(host, site, make_client):
    inside = site(in_turn(says()))
    peer = site(in_turn(says("", 302, location=f"http://{host}:{inside.port}/latest/meta-data")))
    read = make_client(allow=["127.0.0.1"]).read(calls_per_second=1000)
    if host in ("127.1", "2130706433"):  # the allowed address in another spelling
        assert read.get(peer.url).json() == {"ok": True}
        return
    with pytest.raises(SourceRefused, match="no public address"):
        read.get(peer.url)
    assert inside.asked == []


def resolving(monkeypatch, addresses_of):
    """Let names, and only names, have these addresses."""
    real = socket.getaddrinfo

    def resolve(host, port, *given, **named):
        if not host.endswith(".example"):
            return real(host, port, *given, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses_of(host)]

    monkeypatch.setattr("socket.getaddrinfo", resolve)


def test_a_name_is_connected_to_at_its_permitted_address_only(site, make_client, monkeypatch):
    peer = site(in_turn(says()))
    resolving(monkeypatch, lambda host: ["10.255.255.1", "127.0.0.1", "::1"])
    assert make_client().read(calls_per_second=1000).get(f"http://shop.example:{peer.port}/").status == 200


def test_a_name_that_changes_its_address_after_the_check_is_not_looked_up_again(site, make_client, monkeypatch):
    looked_up = []

    def rebinding(host):
        looked_up.append(host)
        return ["127.0.0.1" if len(looked_up) > 1 else "192.168.0.9"]

    resolving(monkeypatch, rebinding)
    with pytest.raises(SourceRefused):
        make_client().read(calls_per_second=1000).get("http://rebinding.example/")
    assert looked_up == ["rebinding.example"]


def test_a_resolver_that_hangs_does_not_hang_the_read(make_client, monkeypatch):
    hanging = threading.Event()
    resolving(monkeypatch, lambda host: hanging.wait(10) and [])
    limits = Limits(deadline=0.3, connect=0.2, attempts=1)
    with pytest.raises(SourceDown, match="took too long"):
        make_client(limits=limits).read(calls_per_second=1000).get("http://slow.example/")
    hanging.set()


def test_the_guard_refuses_to_be_installed_where_it_would_not_be_used(monkeypatch):
    class Other(httpx.HTTPTransport):
        def __init__(self, **_):
            self._pool = object()

    monkeypatch.setattr(httpx, "HTTPTransport", Other)
    with pytest.raises(TypeError, match="guard would not be used"):
        transport(Guard(), Deadline(lambda: 0.0))


def test_the_network_under_httpx_is_ours():
    made = transport(Guard(), Deadline(lambda: 0.0))
    with pytest.raises(SourceRefused):
        made._pool.handle_request(httpcore.Request("GET", "http://127.0.0.1:9/"))
