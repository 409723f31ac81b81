"""Whose word about a visitor's address is taken, what a device is called, what cookies carry."""

import pytest

from repmon.web.addresses import Addresses, addresses, bare, is_loopback
from repmon.web.device import described


@pytest.fixture
def told(opened_with):
    """Gives what is written down of a sign-in that came with these headers."""

    def ask(proxies: str, **headers: str) -> str:
        with opened_with(f"[web]\ntrusted_proxies = {proxies}\n") as desk:
            browser = desk.stranger(**headers)
            browser.post("/sign-in", {"name": "nobody", "password": "x"}, page="/sign-in")
            address: str = desk.stage.one("SELECT json_extract(\"values\", '$.address') FROM audit")
            return address

    return ask


@pytest.mark.parametrize(("proxies", "forwarded", "found"), [
    ("[]", "203.0.113.7", "127.0.0.1"),
    ('["10.0.0.0/8"]', "203.0.113.7", "127.0.0.1"),
    ('["127.0.0.1"]', "203.0.113.7", "203.0.113.7"),
    ('["127.0.0.1"]', "198.51.100.1, 203.0.113.7", "203.0.113.7"),
    ('["127.0.0.1", "10.0.0.0/8"]', "198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"),
    ('["127.0.0.1"]', "", "127.0.0.1"),
    ('["127.0.0.1"]', "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ('["127.0.0.1"]', "no address at all", "no address at all"),
])  # fmt: skip
def test_only_a_named_proxy_is_believed_and_only_its_own_word(told, proxies, forwarded, found):
    assert told(proxies, **{"x-forwarded-for": forwarded}) == found


@pytest.mark.parametrize(("host", "name"), [
    ("desk.example", "desk.example"), ("Desk.Example:8080", "desk.example"), ("[::1]:8080", "::1"),
    ("desk.example.", "desk.example"),
    ("", ""), ("[::1", ""), ("a@desk.example", "desk.example"),
])  # fmt: skip
def test_the_name_in_a_host_header(host, name):
    assert bare(host) == name


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "127.1.2.3:1", "[::1]:8080"])
def test_this_machine(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.evil.example", "10.0.0.1", "desk.example", "", "0.0.0.0"])
def test_not_this_machine(host):
    assert not is_loopback(host)


def test_listening_on_every_address_makes_none_of_them_a_name(stage):
    stage.more = '[web]\nlisten = "0.0.0.0:8080"\n'
    found = addresses(stage.begin().world.settings)
    assert not found.knows("0.0.0.0:8080")
    assert found.knows("localhost:8080")
    assert Addresses(frozenset()).public_host == ""


@pytest.mark.parametrize(("agent", "called"), [
    ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
    ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/139.0 Safari/537.36", "Chrome on Android"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1", "Safari on iPhone"),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/139.0 Safari/537.36 Edg/139.0", "Edge on Windows"),
    ("curl/8.9.1", "curl"), ("", "?"), ("<script>", "?"), ("\u202e", "?"),
])  # fmt: skip
def test_a_device_is_called_as_its_owner_would_call_it(agent, called):
    assert described(agent) == called
