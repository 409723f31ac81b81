"""Redirects are followed a little way, and never with our credentials to somebody else."""

import httpx
import pytest

from repmon.errors import SourceChanged
from repmon.http.address import for_target, redirected
from tests.http.peer import in_turn, says

CREDENTIALS = {
    "authorization": "Bearer s3cret",
    "Cookie": "session=s3cret",
    "X-Api-Key": "s3cret",
    "x-acme-tenant": "s3cret",
}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_origin_keeps_the_credentials(status, site, read):
    peer = site(in_turn(says("", status, location="/there"), says()))
    answer = read.get(peer.url + "/here", headers=CREDENTIALS)
    assert answer.url == peer.url + "/there"
    assert peer.asked[1].headers["x-api-key"] == "s3cret"
    assert read.requests == 2


def test_a_redirect_to_another_origin_loses_every_credential(site, read):
    other = site(in_turn(says()))
    peer = site(in_turn(says("", 302, location=other.url)))
    read.get(peer.url, headers={**CREDENTIALS, "Accept": "application/json", "user-agent": "mine"})
    headers = other.asked[0].headers
    assert "s3cret" not in str(headers)
    assert (headers["accept"], headers["user-agent"]) == ("application/json", "mine")


def test_credentials_do_not_come_back_on_the_way_home(site, read):
    home: list[str] = []
    other = site(lambda *_: says("", 302, location=home[0] + "/back"))
    peer = site(in_turn(says("", 302, location=other.url), says()))
    home.append(peer.url)
    read.get(peer.url, headers=CREDENTIALS)
    assert "s3cret" not in str(peer.asked[1].headers)


def test_the_third_redirect_is_the_last(site, read):
    peer = site(in_turn(*[says("", 302, location=f"/{n}") for n in range(3)], says()))
    assert read.get(peer.url).url.endswith("/2")


def test_a_loop_of_redirects_is_a_change(site, read):
    peer = site(in_turn(says("", 302, location="/again")))
    with pytest.raises(SourceChanged, match="after 3 redirects"):
        read.get(peer.url)
    assert len(peer.asked) == 4


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1:1/", "javascript:alert(1)", "http://", "//",
     "http://[::1", "http://user:pass@127.0.0.1/", "http://0177.0.0.1/", "data:,x"],
)  # fmt: skip
def test_a_redirect_out_of_the_web_is_refused(location, site, read):
    with pytest.raises(SourceChanged):
        read.get(site(in_turn(says("", 302, location=location))).url)


@pytest.mark.parametrize("method", ["post", "put"])
def test_a_write_is_not_redirected(method, site, read):
    peer = site(in_turn(says("", 307, location="/elsewhere")))
    with pytest.raises(SourceChanged):
        getattr(read, method)(peer.url, json={"comment": "Thank you"})
    assert len(peer.asked) == 1


def test_a_redirect_never_leaves_tls():
    start = httpx.URL("https://reviews.example/a")
    with pytest.raises(SourceChanged):
        redirected(start, "http://reviews.example/a")
    assert redirected(start, "//other.example/b") == "https://other.example/b"


@pytest.mark.parametrize(
    ("target", "same"),
    [("https://reviews.example:443/b", True), ("https://REVIEWS.example/", True),
     ("https://reviews.example:8443/", False), ("http://reviews.example/", False),
     ("https://reviews.example.evil.example/", False), ("https://a.reviews.example/", False)],
)  # fmt: skip
def test_an_origin_is_scheme_host_and_port(target, same):
    kept = for_target(CREDENTIALS, httpx.URL("https://reviews.example/a"), httpx.URL(target))
    assert (kept == CREDENTIALS) is same
    assert kept in (CREDENTIALS, {})


@pytest.mark.parametrize(
    "url",
    ["", "/v1/reviews", "reviews", "ftp://127.0.0.1/", "http://", None, 7, {"href": "x"}, "http://[::1", "http://a:b/"],
)
def test_a_next_link_that_is_no_address_is_a_change(url, read):
    with pytest.raises(SourceChanged, match="address that is none"):
        read.get(url)
