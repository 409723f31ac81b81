"""Guessing names and passwords takes ever longer, whoever guesses and wherever from."""

from datetime import timedelta

import pytest

from repmon.desk import passwords
from repmon.steps.throttle import SIGN_IN
from repmon.store import throttle
from tests.web.door import sign_in


@pytest.fixture
def desk(peopled):
    return peopled


def test_a_wrong_password_is_looked_at_as_long_as_a_right_one(desk, monkeypatch):
    looked: list[str] = []
    real = passwords._hasher

    class Counting:
        def verify(self, kept, given):
            looked.append(given)
            return real.verify(kept, given)

        def hash(self, secret):
            return real.hash(secret)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    sign_in(desk.stranger(), "nobody", "wrong wrong wrong")
    sign_in(desk.stranger(), "olga", "wrong wrong wrong")
    assert looked == ["wrong wrong wrong"] * 2


def test_after_five_wrong_tries_even_the_right_password_has_to_wait(desk):
    browser = desk.stranger()
    for _ in range(5):
        assert sign_in(browser, password="wrong wrong wrong").status_code == 401
    blocked = sign_in(browser)
    assert blocked.status_code == 429
    assert "Too many tries. Try again after" in blocked.text
    assert 1 <= int(blocked.headers["retry-after"]) <= 30
    desk.restart()
    assert sign_in(desk.stranger()).status_code == 429
    desk.stage.later(seconds=31)
    assert sign_in(browser).status_code == 303


def test_waits_grow_and_are_forgotten_after_a_day(desk):
    browser = desk.stranger()
    for _ in range(5):
        sign_in(browser, password="wrong wrong wrong")
    waits = []
    for _ in range(7):
        blocked = sign_in(browser, password="wrong wrong wrong")
        waits.append(int(blocked.headers["retry-after"]))
        desk.stage.later(seconds=waits[-1] + 1)
        assert sign_in(browser, password="wrong wrong wrong").status_code == 401
    assert waits == [30, 60, 120, 240, 480, 900, 900]
    desk.stage.later(days=1)
    assert sign_in(browser, password="wrong wrong wrong").status_code == 401
    assert sign_in(browser).status_code == 303


def test_one_account_is_guarded_against_many_addresses(opened_with, kept):
    with opened_with('[web]\ntrusted_proxies = ["127.0.0.1"]\n') as desk:
        desk.person("mila", password_hash=kept)
        desk.person("olga", "owner", password_hash=kept)
        for number in range(5):
            browser = desk.stranger(**{"x-forwarded-for": f"203.0.113.{number}"})
            assert sign_in(browser, password="wrong wrong wrong").status_code == 401
        assert sign_in(desk.stranger(**{"x-forwarded-for": "203.0.113.9"})).status_code == 429
        assert sign_in(desk.stranger(**{"x-forwarded-for": "203.0.113.9"}), "olga").status_code == 303


def test_many_accounts_are_guarded_against_one_address(desk):
    for number in range(5):
        assert sign_in(desk.stranger(), f"guess{number}", "wrong wrong wrong").status_code == 401
    assert sign_in(desk.stranger()).status_code == 429


def test_what_a_stranger_says_of_their_address_is_not_believed(desk):
    for number in range(5):
        browser = desk.stranger(**{"x-forwarded-for": f"203.0.113.{number}"})
        sign_in(browser, f"guess{number}", "wrong wrong wrong")
    assert sign_in(desk.stranger(**{"x-forwarded-for": "203.0.113.99"})).status_code == 429


def test_many_tries_at_once_are_not_all_the_first(desk):
    names = [throttle.key("sign-in", "name", "mila")]
    taken = 0
    for _ in range(20):
        with desk.world.database.write() as session:
            taken += throttle.take_try(session, names, SIGN_IN, desk.stage.now) is None
    assert taken == 5


def test_a_clock_put_back_makes_nobody_wait_longer(desk):
    browser = desk.stranger()
    for _ in range(5):
        sign_in(browser, password="wrong wrong wrong")
    desk.stage.now -= timedelta(days=300)
    assert int(sign_in(browser).headers["retry-after"]) <= 30
