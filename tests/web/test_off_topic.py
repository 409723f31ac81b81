"""Mentions of something else at the desk: one tap puts one aside, and what such taps taught may do so from then on."""

import re
from datetime import timedelta

import pytest

from repmon.discover import Found
from tests.flow.site import CONNECTORS, Changed, written
from tests.web.desk import opened

TAUGHT = re.compile(r'id="off-topic-learned".*?</section>', re.DOTALL)


class Talk(Changed):
    """A search for mentions."""

    def review(self, item):
        return super().review(item).model_copy(update={"kind": "mention", "rating": None})


@pytest.fixture
def talk(stage, board, monkeypatch, address, switch):
    """Mentions 1, 2 and 4 are about something else, 3 is ours, and nobody has looked at any."""
    monkeypatch.setitem(CONNECTORS, "talk", Found("talk", Talk))
    stage.source("talk", "talk", board, 'location = "harbour"').begin().turn(send=False)
    stage.later(hours=1)
    for number, text in enumerate((
        "Awful borealis aaaaa", "Awful borealis bbbbb", "The soup was cold and the waiter rude.",
        "Awful borealis ccccc",
    )):  # fmt: skip
        board.show(written(f"m{number}", stage.now - timedelta(seconds=1), text))
        stage.turn(send=False)
        stage.later(minutes=1)
    with opened(stage, address, switch) as desk:
        yield desk


def tap(desk, *numbers, browser=None):
    """Tap "Not about us" on these; the page the last one led to."""
    browser = browser or desk.manager
    for number in numbers:
        page = browser.said(browser.post(f"/reviews/{number}/off-topic", page=f"/reviews/{number}"))
        desk.stage.later(minutes=1)
    return page


def state(desk, number):
    return desk.stage.rows("SELECT state, dismissed_reason FROM review WHERE id = ?", number)[0]


def taught(page):
    found = TAUGHT.search(page)
    return " ".join(re.sub("<[^>]+>", " ", found[0]).split()) if found else ""


def accept(browser, page, value="borealis", **more):
    fields = {"kind": "word", "value": value, **more}
    return browser.post("/sources/talk/off-topic/accept", fields, page=page)


def act(desk, action):
    return desk.stage.rows("SELECT actor, subject FROM audit WHERE action = ? ORDER BY id", action)


def test_one_tap_puts_a_mention_aside_and_another_takes_it_up_again(talk):
    assert "Not about us" in talk.manager.get("/reviews/1").text
    page = tap(talk, 1)
    assert "it is not about us" in page
    assert state(talk, 1) == ("dismissed", "off_topic")
    assert act(talk, "review.dismissed") == [("mila", "review/1")]
    assert page.count('action="/reviews/1/reopen"') == 1
    browser = talk.manager
    browser.post("/reviews/1/reopen", page="/reviews/1")
    assert state(talk, 1) == ("open", None)


def test_only_a_mention_can_be_off_topic(desk):
    browser = desk.manager
    assert 'action="/reviews/1/off-topic"' not in browser.get("/reviews/1").text
    assert "is no mention" in browser.said(browser.post("/reviews/1/off-topic", page="/reviews/1"))
    assert state(desk, 1)[0] != "dismissed"


def test_the_page_says_how_many_more_it_takes_and_then_what_they_share(talk):
    assert "After 2 more from this source" in taught(tap(talk, 1))
    page = tap(talk, 2, 4)
    assert "Below is what such mentions have in common" in page
    assert "with the word “borealis” 3 put aside have it; none that waits has it." in taught(page)
    assert "soup" not in taught(page)


def test_what_was_learned_hides_what_waits_and_what_comes_and_is_undone(talk, board):
    tap(talk, 1, 2, 4)
    board.show(written("late", talk.stage.now, "Another borealis"))
    talk.stage.turn(send=False)
    browser = talk.manager
    assert "1 that waits has it too." in taught(browser.get("/reviews/1").text)
    page = browser.said(accept(browser, "/reviews/1"))
    assert "From now on mentions with the word “borealis” are put aside, and so were those that waited: 1." in page
    assert state(talk, 5) == ("dismissed", "off_topic/1")
    talk.stage.later(minutes=1)
    board.show(written("later", talk.stage.now, "One more borealis"))
    talk.stage.turn(send=False)
    page = browser.get("/reviews/6").text
    assert "2 so far." in taught(page)
    assert "off-topic, by rule 1" in page
    answer = browser.post("/sources/talk/off-topic/drop", {"rule": "1"}, page="/reviews/6")
    assert "Mentions it had put aside that wait again: 2." in browser.said(answer)
    assert state(talk, 6) == ("open", None)
    assert act(talk, "off_topic.accepted") == act(talk, "off_topic.dropped") == [("mila", "rule/1")]


def test_the_page_of_a_source_lists_its_rules(talk):
    assert "off-topic-learned" not in talk.manager.get("/sources/talk").text
    tap(talk, 1, 2, 4)
    browser = talk.manager
    assert "with the word “borealis”" in taught(browser.get("/sources/talk").text)
    assert "are put aside" in browser.said(accept(browser, "/sources/talk"))
    assert "Mentions with the word “borealis” are put aside as they come. 0 so far." in taught(
        browser.get("/sources/talk").text
    )


def test_a_proposal_that_was_overtaken_is_not_accepted(talk):
    tap(talk, 1, 2, 4)
    browser = talk.manager
    assert "no longer have that in common" in browser.said(accept(browser, "/reviews/1", "soup"))
    accept(browser, "/reviews/1")
    assert "no longer have that in common" in browser.said(accept(browser, "/reviews/1"))
    assert accept(browser, "/reviews/1", kind="colour").status_code == 404


def test_rights_are_those_of_dismissing(talk):
    tap(talk, 1, 2, 4)
    page = talk.viewer.get("/reviews/1").text
    assert re.findall(r'method="post" action="([^"]+)"', page) == ["/sign-out"]
    assert "with the word “borealis”" in taught(page)
    assert talk.viewer.post("/reviews/3/off-topic", page="/reviews/1").status_code == 403
    assert accept(talk.viewer, "/reviews/1").status_code == 403
    hugo = talk.browser("hugo", "manager", ["mill"])
    assert hugo.post("/reviews/3/off-topic").status_code == 404
    assert accept(hugo, "/").status_code == 404
    accept(talk.manager, "/reviews/1")
    assert hugo.post("/sources/talk/off-topic/drop", {"rule": "1"}).status_code == 404
    assert talk.stage.rows("SELECT count(*) FROM audit WHERE action = 'off_topic.dropped'") == [(0,)]


def test_a_form_from_elsewhere_changes_nothing(talk):
    browser = talk.manager
    answer = browser.client.post(f"{talk.base}/reviews/1/off-topic", data={"csrf": "x"})
    assert answer.status_code == 403
    assert state(talk, 1)[0] != "dismissed"


def test_a_rule_of_another_source_is_not_there(talk):
    tap(talk, 1, 2, 4)
    accept(talk.manager, "/reviews/1")
    for rule in ("2", "x", "9" * 40, ""):
        assert talk.manager.post("/sources/talk/off-topic/drop", {"rule": rule}).status_code == 404
