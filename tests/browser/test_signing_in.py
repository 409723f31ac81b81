"""Getting in and out: the first owner, a wrong password, a device that is signed out from another one."""

import pytest
from playwright.sync_api import expect

from repmon.desk import passwords
from repmon.desk.setting_up import offer_code
from tests.web.door import PASSWORD


@pytest.fixture
def mila(desk):
    """Somebody with a password."""
    return desk.person("mila", "manager", password_hash=passwords.hash_password("mila", PASSWORD))


def sign_in(page, name="mila", password=PASSWORD, *, remember=False):
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    if remember:
        page.get_by_label("Remember this device for 30 days").check()
    page.get_by_role("button", name="Sign in").click()


def test_the_code_from_the_log_makes_the_first_owner(desk, people):
    page = people.stranger()
    page.goto("/")
    expect(page).to_have_url(f"{people.base}/setup")
    page.get_by_label("Code from the log").fill(offer_code(desk.world))
    page.get_by_label("Your name").fill("olga")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password once more").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    expect(page.get_by_role("link", name="People")).to_be_visible()


def test_a_wrong_password_is_said_and_the_right_one_opens_the_page_that_was_asked_for(mila, people):
    page = people.stranger()
    page.goto("/reviews/1")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    sign_in(page, password="not this one")
    expect(page.get_by_role("alert")).to_have_text("Name or password is not right.")
    sign_in(page)
    expect(page).to_have_url(f"{people.base}/reviews/1")


def test_signing_out_ends_it_also_for_the_back_button(mila, people):
    page = people.stranger()
    page.goto("/sign-in")
    sign_in(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_device_left_somewhere_is_signed_out_from_another_one(mila, people):
    left, mine = people.stranger(), people.stranger()
    for page in (left, mine):
        page.goto("/sign-in")
        sign_in(page, remember=page is left)
        expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    mine.get_by_role("link", name="mila").click()
    expect(mine.locator(".device")).to_have_count(2)
    mine.locator(".device", has_text="remembered").get_by_role("button").click()
    expect(mine.get_by_role("status")).to_have_text("The device is signed out.")
    expect(mine.locator(".device")).to_have_count(1)
    left.reload()
    expect(left.get_by_role("heading", name="Sign in")).to_be_visible()


def test_who_may_only_look_meets_no_form(desk, people):
    page = people.person(desk, "vera", "viewer")
    page.goto("/")
    reviews = page.locator(".entry-link").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert reviews
    for path in ["/", *reviews, "/?tab=all"]:
        page.goto(path)
        expect(page.locator("form[method=post]")).to_have_count(1)
        expect(page.locator("form[method=post] button")).to_have_text("Sign out")
    page.goto("/people")
    expect(page.get_by_role("heading", name="This is not open to you")).to_be_visible()
