"""Sources go direct, unless a proxy is named; then the guard sees what is written, not what it means."""

import pytest

from repmon.errors import SourceDown, SourceRefused
from tests.http.peer import in_turn, says


def test_a_named_proxy_is_used_though_its_address_is_private(site, make_client):
    proxy = site(in_turn(says('{"by": "proxy"}')))
    read = make_client(allow=[], proxy=proxy.url).read(calls_per_second=1000)
    assert read.get("http://reviews.example/r?x=1").json() == {"by": "proxy"}
    assert proxy.asked[0].target == "http://reviews.example/r?x=1"


def test_tls_goes_through_the_proxy_as_a_tunnel(site, make_client):
    proxy = site(in_turn(says("", 403)))
    read = make_client(allow=[], proxy=proxy.url).read(calls_per_second=1000)
    with pytest.raises(SourceDown, match="No connection"):
        read.get("https://reviews.example/")
    assert (proxy.asked[0].method, proxy.asked[0].target) == ("CONNECT", "reviews.example:443")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "[::1]", "[::ffff:10.0.0.1]", "10.0.0.1",
     "localhost", "LOCALHOST.", "x.localhost", "169.254.169.254", "metadata.google.internal", "0"],
)  # fmt: skip
def test_a_private_address_written_out_is_refused_before_the_proxy_sees_it(host, site, make_client):
    proxy = site(in_turn(says()))
    read = make_client(allow=[], proxy=proxy.url).read(calls_per_second=1000)
    with pytest.raises(SourceRefused, match="no public address"):
        read.get(f"http://{host}/")
    assert proxy.asked == []


def test_an_allowed_address_goes_through_the_proxy(site, make_client):
    proxy = site(in_turn(says()))
    read = make_client(allow=["10.0.0.0/8"], proxy=proxy.url).read(calls_per_second=1000)
    assert read.get("http://10.0.0.1/").status == 200


def test_the_proxy_variables_of_the_environment_are_not_used(site, make_client, monkeypatch):
    proxy, peer = site(in_turn(says())), site(in_turn(says()))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    make_client().read(calls_per_second=1000).get(peer.url)
    assert (len(proxy.asked), len(peer.asked)) == (0, 1)


def test_a_proxy_that_is_none_is_an_error_at_once(make_client):
    with pytest.raises(ValueError, match="proxy"):
        make_client(proxy="gopher://127.0.0.1:70")
