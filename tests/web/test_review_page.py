"""The page of a review: why it counts, what happened, and every decision about its reply."""

import re
from html import unescape

import pytest

from repmon import desk as acts
from repmon.store import audit
from tests.flow.site import written
from tests.web.desk import Browser, Desk
from tests.web.test_inbox import draft_id, review_id


def path(desk: Desk, name: str) -> str:
    return f"/reviews/{review_id(desk, name)}"


def decide(desk: Desk, browser: Browser, name: str, act: str, **fields: str) -> str:
    """Send one of the forms of the newest draft, and give the page it led to."""
    page = path(desk, name)
    answer = browser.post(f"/drafts/{draft_id(desk, name)}/{act}", fields, page=page)
    return browser.said(answer)


def form(page: str) -> dict[str, str]:
    """What the reply's form holds as it came."""
    text = re.search(r'<textarea id="reply-text".*?>(.*?)</textarea>', page, re.DOTALL)
    sha = re.search(r'name="sha256" value="([^"]+)"', page)
    assert text
    assert sha
    return {"text": unescape(text[1]), "sha256": sha[1]}


def state(desk: Desk, name: str) -> tuple[str, str | None]:
    found: tuple[str, str | None] = desk.stage.rows(
        "SELECT state, decided_by FROM draft WHERE id = ?", draft_id(desk, name)
    )[0]
    return found


def test_the_scoring_words_are_marked_and_their_figures_add_up(desk):
    page = desk.manager.get(path(desk, "a")).text
    assert re.search(r'<mark class="bad">dirty<span class="note-of" title="-1.9">&nbsp;-1.9</span></mark>', page)
    table = page[page.index('<table class="reasons">') : page.index("</table>")]
    *parts, raw, score, _vader = [float(each) for each in re.findall(r"(?:<b>|>)([+-]\d+\.\d\d)<", table)]
    assert sum(parts) == pytest.approx(raw, abs=1e-9)
    assert score == pytest.approx(raw / (raw * raw + 15) ** 0.5, abs=0.01)


def test_everything_that_happened_is_told_in_order(desk):
    acts.add_note(desk.world, review_id(desk, "a"), "Ask <b>Noor</b>.", by="mila")
    acts.reject_draft(desk.world, draft_id(desk, "a"), by="noor", reason="too stiff")
    page = desk.manager.get(path(desk, "a")).text
    story = page[page.index('class="plain story"') :]
    told = [
        "Written",
        "Found at harbour-reviews",
        "New review",
        "written by repmon",
        "Note by mila",
        "noor rejected draft",
    ]
    places = [story.index(each) for each in told]
    assert places == sorted(places)
    assert "too stiff" in story
    assert "Ask &lt;b&gt;Noor&lt;/b&gt;." in story


def test_versions_stand_side_by_side_with_what_changed_marked(desk, board):
    desk.stage.later(hours=1)
    board.change("b", text="We waited ninety minutes and the soup was cold.", edited=desk.stage.now.isoformat())
    desk.stage.turn(send=False)
    page = desk.manager.get(path(desk, "b")).text
    assert "<del>forty</del>" in page
    assert "<ins>ninety</ins>" in page
    assert "Changed by its author: version 2" in page


def test_unseen_characters_are_shown_and_links_go_nowhere_else(desk, board):
    board.show(written("x", desk.stage.now, "Rude \u202eevila\u202c\u200b staff", 1, url="javascript:alert(1)"))
    desk.stage.later(minutes=1)
    desk.stage.turn(send=False)
    page = desk.manager.get(path(desk, "x")).text
    assert 'title="RIGHT-TO-LEFT OVERRIDE">U+202E<' in page
    assert "\u202e" not in page
    assert "javascript:" not in page


def test_a_giant_text_is_cut_and_shown_whole_on_request(desk, board):
    board.show(written("x", desk.stage.now, "rude " * 40_000 + "end of it", 1))
    desk.stage.later(minutes=1)
    desk.stage.turn(send=False)
    page = desk.manager.get(path(desk, "x")).text
    assert "end of it" not in page
    assert len(page) < 100_000
    assert "end of it" in desk.manager.get(path(desk, "x") + "?all=1").text


def test_approving_takes_exactly_the_words_shown(desk):
    browser = desk.manager
    shown = form(browser.get(path(desk, "a")).text)
    page = decide(desk, browser, "a", "approve", sha256=shown["sha256"], text=shown["text"].replace("\n", "\r\n"))
    assert "Approved" in page
    assert state(desk, "a") == ("approved", "mila")
    assert desk.stage.one("SELECT approved_sha256 FROM draft WHERE id = ?", draft_id(desk, "a")) == shown["sha256"]


def test_words_changed_in_the_form_are_what_is_approved(desk):
    browser = desk.manager
    shown, first = form(browser.get(path(desk, "a")).text), draft_id(desk, "a")
    text = "Dear guest, we are sorry that the waiter was rude and the table dirty. Please write to us."
    decide(desk, browser, "a", "approve", sha256=shown["sha256"], text=text)
    assert desk.stage.rows("SELECT text, state, parent_id FROM draft WHERE id = ?", draft_id(desk, "a")) == [
        (text, "approved", first)
    ]


def test_an_approval_of_other_words_than_the_drafts_is_refused(desk):
    page = decide(desk, desk.manager, "a", "approve", sha256="0" * 64)
    assert "not the one that was shown" in page
    assert state(desk, "a")[0] == "pending"


def test_the_second_of_two_people_learns_who_was_first_and_when(desk):
    browser, other = desk.manager, desk.browser("noor")
    shown = form(other.get(path(desk, "a")).text)
    decide(desk, browser, "a", "reject", reason="too stiff")
    page = decide(desk, other, "a", "approve", **shown)
    assert re.search(r"was rejected by mila on .*2026", page)
    assert state(desk, "a") == ("rejected", "mila")


def test_what_blocks_needs_the_owners_written_reason(desk):
    number = acts.edit_draft(desk.world, draft_id(desk, "a"), "You are wrong. Call 0611 223344.", by="mila")
    page = desk.manager.get(path(desk, "a")).text
    assert "telephone number" in page
    assert 'name="override"' not in page
    shown = form(page)
    assert "was not approved" in decide(desk, desk.manager, "a", "approve", **shown)
    assert "only the owner" in decide(desk, desk.manager, "a", "approve", **shown, override="I know better")
    assert state(desk, "a")[0] == "pending"
    assert 'name="override"' in desk.owner.get(path(desk, "a")).text
    decide(desk, desk.owner, "a", "approve", **shown, override="our new number")
    assert desk.stage.rows("SELECT state, override FROM draft WHERE id = ?", number) == [("approved", "our new number")]


def test_the_check_follows_the_typing_with_the_very_words_marked(desk):
    browser = desk.manager
    text = "Dear guest, you should have told the waiter. <b>Rude</b>?"
    answer = browser.post(f"/drafts/{draft_id(desk, 'a')}/check", {"text": text}, page=path(desk, "a"))
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert re.search(r'<mark class="block">you should have', answer.text)
    assert "&lt;b&gt;Rude" in answer.text
    assert f"{len(text)} characters" in answer.text
    assert state(desk, "a")[0] == "pending"


def test_approved_words_are_copied_by_hand_and_marked_as_posted(desk):
    acts.approve_draft(desk.world, draft_id(desk, "a"), by="mila")
    page = desk.manager.get(path(desk, "a")).text
    assert 'id="copy-text" readonly' in page
    assert "Mark as posted" in page
    assert "Marked as posted" in decide(desk, desk.manager, "a", "posted")
    assert state(desk, "a")[0] == "posted"
    assert desk.stage.one("SELECT state FROM review WHERE id = ?", review_id(desk, "a")) == "answered"


def test_a_link_to_the_site_gives_nothing_away(desk, board):
    board.show(written("x", desk.stage.now, "Rude.", 1, url="https://reviews.example/x?a=1&b=2"))
    desk.stage.later(minutes=1)
    desk.stage.turn(send=False)
    page = desk.manager.get(path(desk, "x")).text
    if "reviews.example" not in page:
        pytest.skip("the site of the tests gives no addresses")
    assert 'href="https://reviews.example/x?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow"' in page


def act(desk: Desk, browser: Browser, name: str, what: str, **fields: str) -> str:
    return browser.said(browser.post(f"{path(desk, name)}/{what}", fields, page=path(desk, name)))


def test_a_snooze_lasts_as_long_as_was_chosen(desk):
    browser = desk.manager
    assert "Snoozed" in act(desk, browser, "a", "snooze", until="4h")
    assert "Snoozed until 2026-03-02 17:00" in browser.get(path(desk, "a")).text
    act(desk, browser, "a", "snooze", until="at", at="2026-03-05T09:30")
    assert "Snoozed until 2026-03-05 09:30" in browser.get(path(desk, "a")).text
    assert "say until when" in act(desk, browser, "a", "snooze", until="at", at="")
    act(desk, browser, "a", "snooze", until="wake")
    assert desk.stage.one("SELECT snoozed_until FROM review WHERE id = ?", review_id(desk, "a")) is None


def test_notes_assignments_and_corrections_are_kept(desk):
    browser = desk.manager
    act(desk, browser, "a", "note", text="The oven broke that day.")
    act(desk, browser, "a", "assign", to="noor", until="4h")
    act(desk, browser, "c", "label", label="negative")
    assert "The oven broke" in browser.get(path(desk, "a")).text
    assert "noor is on it until" in browser.get(path(desk, "a")).text
    assert desk.stage.one("SELECT unhappy FROM review WHERE id = ?", review_id(desk, "c")) == 1
    act(desk, browser, "a", "assign", to="")
    assert "noor is on it until" not in browser.get(path(desk, "a")).text
    assert "no label" in act(desk, browser, "a", "label", label="furious")


def test_a_review_is_put_aside_and_taken_up_again(desk):
    browser = desk.manager
    assert "needs a reason" in act(desk, browser, "a", "dismiss", reason=" ") or state(desk, "a")[0] == "pending"
    act(desk, browser, "a", "dismiss", reason="spam")
    assert state(desk, "a") == ("rejected", "mila")
    act(desk, browser, "a", "reopen")
    assert desk.stage.one("SELECT state FROM review WHERE id = ?", review_id(desk, "a")) == "open"


def test_a_draft_can_be_asked_for_where_none_was_written(desk):
    browser = desk.manager
    act(desk, browser, "a", "seen")
    decide(desk, browser, "a", "reject", reason="too stiff")
    assert "A draft is written" in act(desk, browser, "a", "draft")
    assert state(desk, "a")[0] == "pending"
    assert "waits for a decision already" in act(desk, browser, "a", "draft")


@pytest.mark.parametrize("what", ["snooze", "note", "assign", "label", "dismiss", "reopen", "seen", "draft"])
def test_nobody_acts_on_reviews_of_other_places(desk, what):
    browser = desk.browser("mara", "manager", ["mill"])
    answer = browser.post(f"{path(desk, 'a')}/{what}", {"text": "x", "to": "x", "reason": "x", "until": "4h"})
    assert answer.status_code == 404


@pytest.mark.parametrize("what", ["approve", "edit", "reject", "posted", "post", "check"])
def test_nobody_decides_about_drafts_of_other_places(desk, what):
    browser = desk.browser("mara", "manager", ["mill"])
    answer = browser.post(f"/drafts/{draft_id(desk, 'a')}/{what}", {"text": "x", "reason": "x"})
    assert answer.status_code == 404
    assert state(desk, "a")[0] == "pending"


def test_a_review_of_another_place_is_not_there(desk):
    browser = desk.browser("mara", "manager", ["mill"])
    assert browser.get(path(desk, "a")).status_code == 404
    assert browser.get("/reviews/999999").status_code == 404
    assert browser.get(f"/reviews/{10**30}").status_code == 404


def test_a_viewer_sees_the_review_and_no_form(desk):
    page = desk.viewer.get(path(desk, "a")).text
    assert re.findall(r'method="post" action="([^"]+)"', page) == ["/sign-out"]
    assert "rude" in page
    assert "formaction" not in page


def test_every_decision_is_in_an_unbroken_chain(desk):
    browser = desk.manager
    act(desk, browser, "a", "note", text="x")
    decide(desk, browser, "a", "reject", reason="too stiff")
    act(desk, browser, "b", "snooze", until="4h")
    with desk.world.database.write() as session:
        assert audit.verify(session) is None
