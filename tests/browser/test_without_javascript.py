"""With JavaScript off: the whole way from sign-in to a reply that stands on the site."""

from playwright.sync_api import expect

from repmon.desk import passwords
from tests.browser.drafts import KIND, OFFER, button, review, said, states, words
from tests.browser.people import PHONE
from tests.web.door import PASSWORD


def test_a_review_is_found_and_its_reply_edited_approved_and_marked_as_posted(desk, people):
    desk.person("mila", "manager", password_hash=passwords.hash_password("mila", PASSWORD))
    page = people.stranger(java_script_enabled=False, viewport=PHONE)
    page.goto("/")
    page.get_by_label("Name", exact=True).fill("mila")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("searchbox").fill("forty minutes")
    page.get_by_role("button", name="Search").click()
    page.locator(".entry-link").click()
    words(page).fill(OFFER)
    button(page, "Save").click()
    expect(page.locator("#check .remark.block").first).to_contain_text("Money or gifts")
    words(page).fill(KIND)
    button(page, "Approve").click()
    expect(said(page)).to_have_text("Approved. Nothing has been posted yet.")
    expect(page.get_by_label("The approved words")).to_have_value(KIND)
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_hidden()
    button(page, "Mark as posted").click()
    expect(said(page)).to_contain_text("Marked as posted.")
    assert states(desk, "wait")[-1] == ("posted", "mila")


def test_a_draft_is_rejected(desk, people):
    page = people.person(desk, java_script_enabled=False)
    page.goto(review(desk, "rude"))
    page.get_by_text("Reject this draft").click()
    page.locator("#reject-reason").fill("We call her.")
    button(page, "Reject").click()
    expect(said(page)).to_contain_text("is rejected.")
    assert states(desk, "rude") == [("rejected", "mila")]


def test_filters_and_batch_rejection_need_none(desk, people):
    page = people.person(desk, java_script_enabled=False)
    page.goto("/?tab=drafts")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Place", exact=True).select_option("Kettle and Crumb Mill")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".entry")).to_have_count(2)
    page.get_by_role("checkbox", name="Pick the draft").first.check()
    page.get_by_text("Reject the ticked drafts").click()
    page.locator("#batch-reason").fill("We call them.")
    page.get_by_role("button", name="Reject them").click()
    expect(said(page)).to_have_text("Drafts rejected: 1.")
    expect(page.locator(".entry")).to_have_count(1)
