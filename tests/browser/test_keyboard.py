"""Without a mouse: the keys of the inbox and of a review, the order of Tab, and where one is can always be seen."""

import pytest
from playwright.sync_api import expect

from tests.browser.drafts import KIND, review, said, states, words

FOCUS = """() => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  return {tag: here.tagName, id: here.id, words: here.innerText || here.name, top: box.top + scrollY, left: box.left,
          ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
          seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight};
}"""


def tabbed(page, most=200):
    """Every stop of Tab through a page, until it begins anew."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":
            return stops
        stops.append(stop)
    raise AssertionError("Tab goes round for ever")


def test_a_review_is_chosen_opened_and_approved_by_keys_alone(desk, people):
    page = people.person(desk)
    page.goto("/")
    links = page.locator(".entry-link")
    for key, focused in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(links.nth(focused)).to_be_focused()
    path = links.nth(1).get_attribute("href")
    page.keyboard.press("a")
    page.wait_for_url(f"{people.base}{path}#approve")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Approved. Nothing has been posted yet.")
    page.keyboard.press("u")
    page.wait_for_url(f"{people.base}/")
    assert desk.stage.one("SELECT count(*) FROM draft WHERE state = 'approved'") == 1


def test_e_goes_to_the_words_and_letters_typed_there_are_letters(desk, people):
    page = people.person(desk)
    page.goto(review(desk, "wait"))
    page.keyboard.press("e")
    expect(words(page)).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(KIND)
    expect(words(page)).to_have_value(KIND)


def test_r_asks_why_and_enter_rejects(desk, people):
    page = people.person(desk)
    page.goto(review(desk, "rude"))
    page.keyboard.press("r")
    expect(page.locator("#reject-reason")).to_be_focused()
    page.keyboard.type("We call her.")
    page.keyboard.press("Enter")
    expect(said(page)).to_contain_text("is rejected.")
    assert states(desk, "rude") == [("rejected", "mila")]


def test_the_keys_are_listed_and_can_be_switched_off(desk, people):
    page = people.person(desk)
    page.goto("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Use these keys in this browser").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator(".entry-link:focus")).to_have_count(0)
    page.reload()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


@pytest.mark.parametrize("where", ["inbox", "review", "sign-in"])
def test_tab_reaches_everything_in_the_order_it_is_read_and_always_shows_where_it_is(desk, people, where):
    page = people.stranger() if where == "sign-in" else people.person(desk)
    page.goto({"inbox": "/", "review": review(desk, "wait"), "sign-in": "/sign-in"}[where])
    page.evaluate("document.activeElement.blur()")
    stops = tabbed(page)
    if where != "sign-in":
        assert stops[0]["words"] == "Skip to the content"
    assert [stop for stop in stops if not (stop["ring"] and stop["seen"])] == []
    reachable = page.locator(
        "a:visible, button:visible, input:visible:not([type=radio]), select:visible, textarea:visible, summary:visible"
    )
    assert len(stops) >= reachable.count() - 1


def test_the_skip_link_leads_past_the_navigation(desk, people):
    page = people.person(desk)
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
