"""Signing in: who gets in, with which cookie, and where to."""

import pytest

from repmon.store import sessions
from repmon.web.cookies import SESSION
from repmon.web.paths import own_path
from tests.web.door import PASSWORD, sign_in


@pytest.fixture
def desk(peopled):
    return peopled


def test_name_and_password_open_the_desk(desk):
    browser = desk.stranger()
    answer = sign_in(browser, next="/devices")
    assert (answer.status_code, answer.headers["location"]) == (303, "/devices")
    assert "mila" in browser.get("/devices").text
    assert desk.stage.one("SELECT action || actor FROM audit ORDER BY id DESC LIMIT 1") == "user.signed_inmila"


def test_capitals_in_a_name_do_not_matter_and_those_in_a_password_do(desk):
    assert sign_in(desk.stranger(), "MILA").status_code == 303
    assert sign_in(desk.stranger(), "mila", PASSWORD.upper()).status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(desk):
    cookie = sign_in(desk.stranger()).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "max-age" not in cookie


def test_the_cookies_secret_is_nowhere_in_the_database(desk):
    browser = desk.stranger()
    sign_in(browser)
    secret = browser.client.cookies[SESSION]
    assert len(secret) >= 43
    assert secret.encode() not in desk.stage.file.read_bytes() + desk.stage.file.with_name("repmon.db-wal").read_bytes()
    assert desk.stage.one("SELECT id FROM session") == sessions.hashed(secret)


def test_over_https_the_cookie_belongs_to_this_host_alone(opened_with, kept):
    with opened_with('[web]\nurl = "https://desk.kettle.example"\n') as desk:
        desk.person("mila", password_hash=kept)
        browser = desk.stranger(host="desk.kettle.example")
        page = browser.get("/sign-in")
        cookie = page.headers["set-cookie"]
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        token = page.text.split('name="csrf" value="')[1].split('"')[0]
        answer = browser.client.post(
            desk.base + "/sign-in", data={"csrf": token, "name": "mila", "password": PASSWORD},
            headers={"origin": "https://desk.kettle.example", "cookie": cookie.split(";")[0]},
        )  # fmt: skip
        assert answer.status_code == 303
        assert answer.headers["set-cookie"].startswith("__Host-repmon_session=")
        assert "Secure" in answer.headers["set-cookie"]


def test_over_plain_http_from_elsewhere_nobody_is_asked_for_a_password(opened_with):
    with opened_with('[web]\nurl = "http://desk.kettle.example"\n') as desk:
        desk.person("mila")
        page = desk.stranger(host="desk.kettle.example").get("/sign-in").text
        assert "over https only" in page
        assert 'type="password"' not in page


def test_unknown_name_and_wrong_password_look_the_same(desk):
    wrong, unknown = sign_in(desk.stranger(), "mila", "wrong wrong wrong"), sign_in(desk.stranger(), "nobody")
    assert wrong.status_code == unknown.status_code == 401
    cut = [answer.text.split("<main")[1].replace("nobody", "mila") for answer in (wrong, unknown)]
    token = [text.split('name="csrf" value="')[1].split('"')[0] for text in cut]
    assert cut[0].replace(token[0], "") == cut[1].replace(token[1], "")


def test_a_name_nobody_has_is_not_written_down(desk):
    sign_in(desk.stranger(), "my secret password")
    assert desk.stage.rows("SELECT actor, subject FROM audit") == [("?", "")]
    assert "my secret" not in str(desk.stage.rows("SELECT * FROM throttle"))


@pytest.mark.parametrize("given", [
    "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\/evil.example",
    "\\\\evil.example", "ftp://evil.example/",
    "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "javascript:alert(1)",
    "evil.example", "http:evil.example", "/\x00/evil.example", "", "?next=//evil.example",
    "/%5c/evil.example\\", "//evil.example/..", "/ /evil.example", "https:/evil.example", "//[::1", "/a" * 2000,
])  # fmt: skip
def test_nobody_is_sent_on_to_another_site(given):
    assert own_path(given) == "/"


@pytest.mark.parametrize("given", ["/", "/people?x=1&y=%2F%2Fevil.example", "/reviews/1#draft-2", "/d/abc.def-_"])
def test_a_path_of_our_own_is_gone_to(given):
    assert own_path(given) == given


def test_signing_in_does_not_go_on_to_another_site(desk):
    browser = desk.stranger()
    assert sign_in(browser, next="//evil.example").headers["location"] == "/"
    assert browser.get("/sign-in?next=//evil.example").headers["location"] == "/"
