"""From a draft to a reply on the site: edited, checked while typing, approved, rejected, copied and opened."""

import re

from playwright.sync_api import expect

from tests.browser.drafts import KIND, OFFER, button, review, said, serve_the_site, states, words
from tests.browser.scene import SITE


def test_the_check_follows_what_is_typed(desk, people):
    page = people.person(desk)
    page.goto(review(desk, "wait"))
    expect(page.locator("#check .remark.block")).to_have_count(0)
    words(page).fill(OFFER)
    expect(page.locator("#check .remark.block").first).to_contain_text("Money or gifts")
    expect(page.locator("#check .length")).to_contain_text(str(len(OFFER)))
    words(page).fill(KIND)
    expect(page.locator("#check .remark.block")).to_have_count(0)
    assert states(desk, "wait") == [("pending", None)]


def test_edited_words_are_kept_and_wait_for_approval(desk, people):
    page = people.person(desk)
    page.goto(review(desk, "wait"))
    words(page).fill(KIND)
    button(page, "Save").click()
    expect(said(page)).to_have_text("Your words are kept. They wait for approval.")
    expect(words(page)).to_have_value(KIND)
    expect(page.get_by_text("words by mila")).to_be_visible()
    button(page, "Approve").click()
    expect(said(page)).to_have_text("Approved. Nothing has been posted yet.")
    assert states(desk, "wait")[-1] == ("approved", "mila")
    assert desk.stage.one("SELECT text FROM draft WHERE state = 'approved'") == KIND


def test_leaving_with_unsaved_words_is_asked_about(desk, people):
    page = people.person(desk)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(review(desk, "wait"))
    words(page).click()
    words(page).press_sequentially("Wait. ")
    page.get_by_role("link", name="Deliveries").click(no_wait_after=True)
    expect(words(page)).to_be_visible()
    assert asked == ["beforeunload"]
    button(page, "Save").click()
    expect(said(page)).to_contain_text("Your words are kept")
    assert asked == ["beforeunload"]


def test_what_the_check_blocks_goes_out_only_with_the_owners_reason(desk, people):
    manager, owner = people.person(desk), people.person(desk, "olga", "owner")
    manager.goto(review(desk, "wait"))
    words(manager).fill(OFFER)
    button(manager, "Approve").click()
    expect(said(manager)).to_contain_text("Money or gifts")
    assert ("approved", "mila") not in states(desk, "wait")
    expect(manager.get_by_text("the owner approves it with a written reason")).to_be_visible()
    owner.goto(review(desk, "wait"))
    owner.get_by_label("What blocks may go out, because").fill("Our lawyer has seen it.")
    button(owner, "Approve").click()
    expect(said(owner)).to_have_text("Approved. Nothing has been posted yet.")
    assert states(desk, "wait")[-1] == ("approved", "olga")


def test_a_draft_is_rejected_with_a_reason_and_the_review_stays(desk, people):
    page = people.person(desk)
    page.goto(review(desk, "rude"))
    page.get_by_text("Reject this draft").click()
    page.get_by_label("Why", exact=True).first.fill("We call her.")
    button(page, "Reject").click()
    expect(said(page)).to_contain_text("is rejected. The review stays in the inbox.")
    expect(page.get_by_text("Rejected: We call her.")).to_be_visible()
    assert states(desk, "rude") == [("rejected", "mila")]


def test_of_two_managers_the_second_sees_who_decided_and_when(desk, people):
    mila, noor = people.person(desk), people.person(desk, "noor")
    for page in (mila, noor):
        page.goto(review(desk, "wait"))
    button(mila, "Approve").click()
    expect(said(mila)).to_contain_text("Approved")
    desk.stage.later(minutes=3)
    button(noor, "Approve").click()
    expect(said(noor)).to_contain_text(re.compile("approved by mila.*16:0"))
    assert states(desk, "wait") == [("approved", "mila")]


def test_approving_does_not_take_words_that_somebody_else_changed_meanwhile(desk, people):
    mila, noor = people.person(desk), people.person(desk, "noor")
    for page in (mila, noor):
        page.goto(review(desk, "wait"))
    words(mila).fill(KIND)
    button(mila, "Save").click()
    expect(said(mila)).to_contain_text("Your words are kept")
    button(noor, "Approve").click()
    expect(said(noor)).to_contain_text("edited by mila")
    expect(words(noor)).to_have_value(KIND)
    assert "approved" not in dict(states(desk, "wait"))


def test_copy_and_open_copies_the_approved_words_and_opens_the_review(desk, people):
    people.witness.outside = (SITE,)
    page = people.person(desk, permissions=["clipboard-read", "clipboard-write"])
    serve_the_site(page)
    page.goto(review(desk, "wait"))
    words(page).fill(KIND)
    button(page, "Approve").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Copy and open the site").click()
    expect(opened.value).to_have_url(f"{SITE}wait")
    assert page.evaluate("navigator.clipboard.readText()") == KIND
    assert opened.value.evaluate("[window.opener, document.referrer]") == [None, ""]
    page.bring_to_front()
    button(page, "Mark as posted").click()
    expect(said(page)).to_have_text("Marked as posted. The next poll looks whether the site shows it.")
    assert states(desk, "wait")[-1][0] == "posted"


def test_a_review_that_changed_shows_both_versions_side_by_side(desk, people):
    page = people.person(desk)
    page.goto(review(desk, "loud"))
    before, after = page.locator(".side-by-side > div").all()
    expect(before.locator("del").first).to_be_visible()
    expect(after.locator("ins").first).to_be_visible()
    assert before.bounding_box()["y"] == after.bounding_box()["y"]
    assert [state for state, _by in states(desk, "loud")] == ["outdated", "pending"]
