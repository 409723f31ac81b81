"""The link in an alert, followed on a phone: by somebody signed in, by a stranger, too late, or not whole."""

import pytest
from playwright.sync_api import expect

from repmon import desk as acts
from repmon.desk import passwords
from tests.browser.drafts import KIND, review, said, states, words
from tests.browser.people import PHONE
from tests.web.door import PASSWORD
from tests.web.linked import PIN, link

WAIT = 1
"""The draft for the review called `wait`."""


@pytest.fixture
def pins(linked):
    """The desk where people may decide by PIN, and mila, who has one."""
    linked.person("mila", "manager", pin_hash=passwords.hash_pin(PIN))
    return linked


def decide(page, button, pin=PIN, reason=""):
    page.get_by_label("Your name").fill("mila")
    page.get_by_label("Your PIN").fill(pin)
    page.get_by_label("Why not").fill(reason)
    page.get_by_role("button", name=button).click()


def test_a_signed_in_phone_lands_on_the_draft_and_approves_with_one_tap(desk, people):
    page = people.person(desk, viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(link(desk, WAIT))
    expect(page).to_have_url(f"{people.base}{review(desk, 'wait')}#draft-{WAIT}")
    expect(words(page)).to_be_in_viewport()
    page.get_by_role("button", name="Approve", exact=True).tap()
    expect(said(page)).to_have_text("Approved. Nothing has been posted yet.")
    assert states(desk, "wait") == [("approved", "mila")]


def test_a_stranger_is_asked_to_sign_in_and_then_lands_on_the_draft(desk, people):
    desk.person("mila", "manager", password_hash=passwords.hash_password("mila", PASSWORD))
    page = people.stranger(viewport=PHONE)
    page.goto(link(desk, WAIT))
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("soup")
    page.get_by_label("Name", exact=True).fill("mila")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{people.base}{review(desk, 'wait')}#draft-{WAIT}")


def test_where_pins_are_allowed_a_person_decides_with_theirs(pins, people):
    page = people.stranger(viewport=PHONE)
    page.goto(link(pins, WAIT))
    expect(page.get_by_text("We waited forty minutes and the soup was cold.")).to_be_visible()
    decide(page, "Approve exactly this text", pin="111222")
    expect(page.get_by_role("alert")).to_have_text("Name or PIN is not right.")
    assert states(pins, "wait") == [("pending", None)]
    decide(page, "Approve exactly this text")
    expect(page.get_by_role("heading", name="Approved")).to_be_visible()
    assert states(pins, "wait") == [("approved", "mila")]


def test_a_rejection_by_pin_takes_a_reason(pins, people):
    page = people.stranger(viewport=PHONE)
    page.goto(link(pins, WAIT))
    decide(page, "Reject")
    expect(page.get_by_role("alert")).to_be_visible()
    decide(page, "Reject", reason="We call him.")
    expect(page.get_by_role("heading", name="Rejected")).to_be_visible()
    assert states(pins, "wait") == [("rejected", "mila")]


def test_looking_at_a_link_decides_nothing(pins, people):
    page = people.stranger()
    for _ in range(3):
        page.goto(link(pins, WAIT))
    assert states(pins, "wait") == [("pending", None)]


def over(people, path, sentence):
    page = people.stranger(viewport=PHONE)
    page.goto(path)
    expect(page.get_by_role("heading", name="This link is over")).to_be_visible()
    expect(page.locator("main")).to_contain_text(sentence)
    expect(page.get_by_text("Nothing was changed.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in to the desk")).to_be_visible()


def test_a_used_link_says_who_decided(pins, people):
    path = link(pins, WAIT)
    acts.approve_draft(pins.world, WAIT, by="noor")
    over(people, path, "was approved by noor")


def test_a_link_for_words_that_were_edited_says_so(pins, people):
    path = link(pins, WAIT)
    acts.edit_draft(pins.world, WAIT, KIND, by="noor")
    over(people, path, "was edited by noor")


def test_an_expired_link_says_so(pins, people):
    path = link(pins, WAIT)
    pins.stage.later(days=8)
    over(people, path, "seven days")


def test_a_link_that_lost_its_end_says_so(pins, people):
    over(people, link(pins, WAIT)[:-4], "This link is not complete.")
