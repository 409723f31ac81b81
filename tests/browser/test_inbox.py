"""Finding what needs an answer: tabs, filters, search, and drafts rejected many at a time."""

import re

from playwright.sync_api import expect


def entries(page):
    return page.locator(".entry")


def test_the_inbox_shows_what_needs_an_answer_with_the_longest_wait_first(desk, people):
    page = people.person(desk)
    page.goto("/")
    expect(entries(page)).to_have_count(5)
    moments = entries(page).locator("time").evaluate_all("all => all.map(each => each.dateTime)")
    assert moments == sorted(moments)
    page.get_by_role("link", name=re.compile("^All")).click()
    expect(entries(page)).to_have_count(7)


def test_filters_narrow_the_list_and_are_cleared_again(desk, people):
    page = people.person(desk)
    page.goto("/")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Place", exact=True).select_option("Kettle and Crumb Mill")
    page.get_by_role("button", name="Apply").click()
    expect(entries(page)).to_have_count(2)
    expect(page.get_by_text("Filters (1)")).to_be_visible()
    page.get_by_label("Topic").select_option("food")
    page.get_by_role("button", name="Apply").click()
    expect(entries(page)).to_have_count(1)
    expect(entries(page)).to_contain_text("the coffee stayed bitter")
    page.get_by_role("link", name="Clear", exact=True).click()
    expect(entries(page)).to_have_count(5)


def test_a_search_finds_words_and_says_so_when_there_are_none(desk, people):
    page = people.person(desk)
    page.goto("/?tab=all")
    search = page.get_by_role("searchbox")
    search.fill("forty soup")
    search.press("Enter")
    expect(entries(page)).to_have_count(1)
    expect(entries(page)).to_contain_text("We waited forty minutes")
    search.fill("submarine")
    search.press("Enter")
    expect(page.get_by_text("No review fits these filters.")).to_be_visible()
    page.get_by_role("link", name="Clear the filters").click()
    expect(entries(page)).to_have_count(7)


def test_several_drafts_are_rejected_at_once_for_one_reason(desk, people):
    page = people.person(desk)
    page.goto("/?tab=drafts")
    before = entries(page).count()
    for tick in entries(page).get_by_role("checkbox").all()[:2]:
        tick.check()
    page.get_by_text("Reject the ticked drafts").click()
    page.get_by_label("Why").fill("We call these guests instead.")
    page.get_by_role("button", name="Reject them").click()
    expect(page.get_by_role("status")).to_have_text("Drafts rejected: 2.")
    expect(entries(page)).to_have_count(before - 2)
    reasons = desk.stage.rows("SELECT reason, decided_by FROM draft WHERE state = 'rejected'")
    assert reasons == [("We call these guests instead.", "mila")] * 2


def test_who_looks_after_one_place_sees_only_its_reviews(desk, people):
    desk.person("hugo", "manager", ["mill"])
    page = people.person(desk, "hugo")
    page.goto("/?tab=all")
    expect(entries(page)).to_have_count(2)
    other = desk.stage.one("SELECT id FROM review WHERE location = 'harbour'")
    page.goto(f"/reviews/{other}")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
