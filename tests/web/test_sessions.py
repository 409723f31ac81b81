"""How long somebody stays signed in, and how that is ended."""

import secrets

import pytest

from repmon.store import sessions
from repmon.web.cookies import SESSION
from tests.web.door import PASSWORD, sign_in


@pytest.fixture
def desk(peopled):
    return peopled


def test_signing_in_gives_a_new_session_whatever_the_browser_brought(desk):
    planted = secrets.token_urlsafe(32)
    browser = desk.stranger()
    browser.client.cookies.set(SESSION, planted)
    sign_in(browser)
    browser.client.cookies.delete(SESSION, domain="")
    assert browser.client.cookies[SESSION] != planted
    thief = desk.stranger()
    thief.client.cookies.set(SESSION, planted)
    assert thief.get("/devices").status_code == 303


def test_signing_in_again_ends_the_session_before(desk):
    browser = desk.stranger()
    sign_in(browser)
    first = browser.client.cookies[SESSION]
    page = browser.get("/devices").text
    assert page.count("this device") == 1
    browser.client.cookies.set("repmon_browser", "x" * 43, domain="127.0.0.1")
    answer = browser.client.post(
        desk.base + "/sign-in", headers={"origin": desk.base},
        data={"csrf": browser.token("/devices"), "name": "mila", "password": PASSWORD},
    )  # fmt: skip
    assert answer.status_code == 303
    thief = desk.stranger()
    thief.client.cookies.set(SESSION, first)
    assert thief.get("/devices").status_code == 303
    assert desk.stage.one("SELECT count(*) FROM session") == 1


def test_a_session_ends_after_twelve_hours(desk):
    browser = desk.stranger()
    sign_in(browser)
    desk.stage.later(hours=11, minutes=59)
    assert browser.get("/devices").status_code == 200
    desk.stage.later(minutes=2)
    assert browser.get("/devices").status_code == 303


def test_a_remembered_device_stays_for_thirty_days(desk):
    browser = desk.stranger()
    answer = sign_in(browser, remember="yes")
    assert "max-age=2592000" in answer.headers["set-cookie"].lower()
    desk.stage.later(days=29, hours=23)
    assert browser.get("/devices").status_code == 200
    desk.stage.later(hours=2)
    assert browser.get("/devices").status_code == 303
    sign_in(browser)
    assert desk.stage.one("SELECT count(*) FROM session") == 1


def test_signing_out_ends_the_session_itself(desk):
    browser = desk.stranger()
    sign_in(browser)
    secret = browser.client.cookies[SESSION]
    answer = browser.post("/sign-out", page="/devices")
    assert answer.headers["location"] == "/sign-in"
    assert "You are signed out." in browser.said(answer)
    assert "You are signed out." not in browser.get("/sign-in").text
    thief = desk.stranger()
    thief.client.cookies.set(SESSION, secret)
    assert thief.get("/devices").status_code == 303


def test_one_sees_ones_devices_and_can_sign_them_out(desk):
    phone, laptop = desk.stranger(**{"user-agent": "Mozilla/5.0 (Android 15) Firefox/140"}), desk.stranger()
    sign_in(phone, remember="yes")
    sign_in(laptop)
    page = laptop.get("/devices").text
    assert "Firefox on Android" in page
    number = sessions.hashed(phone.client.cookies[SESSION])
    assert number in page
    assert "The device is signed out." in laptop.said(laptop.post("/devices/end", {"session": number}, page="/devices"))
    assert phone.get("/devices").status_code == 303


def test_nobody_signs_out_the_devices_of_others(desk):
    theirs = desk.owner
    number = sessions.hashed(theirs.client.cookies[SESSION])
    mine = desk.stranger()
    sign_in(mine)
    assert "signed out already" in mine.said(mine.post("/devices/end", {"session": number}, page="/devices"))
    assert theirs.get("/devices").status_code == 200


def test_a_new_password_needs_the_present_one_and_ends_other_sessions(desk):
    mine, other = desk.stranger(), desk.stranger()
    sign_in(mine)
    sign_in(other)
    new = {"password": "four green bicycles", "again": "four green bicycles"}
    refused = mine.post("/devices/password", {"present": "wrong wrong wrong", **new}, page="/devices")
    assert "not right" in mine.said(refused)
    assert other.get("/devices").status_code == 200
    mine.post("/devices/password", {"present": PASSWORD, **new}, page="/devices")
    assert mine.get("/devices").status_code == 200
    assert other.get("/devices").status_code == 303
    assert sign_in(desk.stranger(), password="four green bicycles").status_code == 303


def test_a_person_who_was_removed_is_out_at_once(desk):
    browser = desk.stranger()
    sign_in(browser)
    number = desk.stage.one("SELECT id FROM user WHERE name = 'mila'")
    desk.owner.post(f"/people/{number}/remove", {"sure": "yes"}, page=f"/people/{number}")
    assert browser.get("/devices").status_code == 303


def test_the_last_use_is_written_down_now_and_then(desk):
    browser = desk.stranger()
    sign_in(browser)
    desk.stage.later(minutes=4)
    browser.get("/devices")
    assert desk.stage.one("SELECT last_seen_at = created_at FROM session") == 1
    desk.stage.later(minutes=2)
    browser.get("/devices")
    assert desk.stage.one("SELECT last_seen_at > created_at FROM session") == 1
