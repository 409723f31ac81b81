"""A mention of something else, on a phone and without JavaScript: one tap, what it taught, and the way back."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.axe import violations
from tests.browser.drafts import button, said
from tests.browser.people import DESKTOP, PHONE
from tests.browser.sizes import too_small, too_wide

SOURCE = "/sources/harbour-reviews"
MENTIONS = """
    UPDATE review SET kind = 'mention', rating = NULL, text = 'Awful borealis picture ' || id, history = 1
    WHERE source_id = (SELECT id FROM source WHERE name = 'harbour-reviews')
"""
"""Nobody has looked at them yet."""


@pytest.fixture
def mentions(desk) -> list[int]:
    """The harbour's reviews as mentions of a picture; their numbers."""
    with desk.world.database.write() as session:
        session.connection().execute(text(MENTIONS))
    return [row[0] for row in desk.stage.rows("SELECT id FROM review WHERE kind = 'mention' ORDER BY id")]


def wrong_with(page):
    """What is wrong with the page that is open, at both widths."""
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        yield from [*violations(page), *too_wide(page), *too_small(page)]


def test_three_taps_teach_a_word_that_one_more_tap_puts_to_use_and_another_ends(desk, mentions, people):
    page = people.person(desk, java_script_enabled=False, viewport=PHONE)
    for number in mentions[:3]:
        page.goto(f"/reviews/{number}")
        button(page, "Not about us").click()
        expect(said(page)).to_contain_text("it is not about us")
    card = page.get_by_role("region", name="Not about us")
    others = len(mentions) - 3
    expect(card).to_contain_text("with the word “borealis”")
    expect(card).to_contain_text(f"{others} that wait have it too.")
    card.get_by_role("button", name="Always put these aside").first.click()
    expect(said(page)).to_contain_text(f"so were those that waited: {others}.")
    page.goto(f"/reviews/{mentions[-1]}")
    expect(card).to_contain_text(f"{others} so far.")
    card.get_by_role("button", name="Stop that").click()
    expect(said(page)).to_contain_text("The rule is gone.")
    expect(button(page, "Not about us")).to_be_visible()


def test_no_state_of_these_pages_has_a_violation(desk, mentions, people):
    page = people.person(desk, reduced_motion="reduce")
    mila, wrong = desk.manager, {}
    for name, taps in {"mention": [], "put aside": mentions[:1], "learned": mentions[1:3]}.items():
        for number in taps:
            mila.post(f"/reviews/{number}/off-topic", page=f"/reviews/{number}")
        page.goto(f"/reviews/{mentions[0]}")
        wrong[name] = list(wrong_with(page))
    page.goto(SOURCE)
    wrong["proposed"] = list(wrong_with(page))
    mila.post(f"{SOURCE}/off-topic/accept", {"kind": "word", "value": "borealis"}, page=f"/reviews/{mentions[0]}")
    page.goto(SOURCE)
    expect(page.get_by_role("button", name="Stop that")).to_be_visible()
    wrong["in force"] = list(wrong_with(page))
    assert not any(wrong.values()), wrong
