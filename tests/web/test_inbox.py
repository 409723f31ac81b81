"""The inbox: what needs a person, found, filtered, paged and decided about."""

import re
from datetime import timedelta

import pytest

from repmon import desk as acts
from repmon.discover import Found
from tests.flow.site import CONNECTORS, Changed, many, written
from tests.flow.stage import NOW
from tests.web.desk import Desk, opened

_ENTRY = re.compile(r'class="entry-link" href="/reviews/(\d+)"')


def shown(desk: Desk, page: str) -> list[str]:
    """The site's ids of the reviews on a page, in their order."""
    names = dict(desk.stage.rows("SELECT id, external_id FROM review"))
    return [names[int(each)] for each in _ENTRY.findall(page)]


def review_id(desk: Desk, name: str) -> int:
    number: int = desk.stage.one("SELECT id FROM review WHERE external_id = ?", name)
    return number


def draft_id(desk: Desk, name: str) -> int:
    number: int = desk.stage.one("SELECT max(id) FROM draft WHERE review_id = ?", review_id(desk, name))
    return number


def test_the_inbox_begins_with_the_unhappy_review_that_waits_longest(desk):
    page = desk.manager.get("/").text
    assert shown(desk, page) == ["a", "b", "m"]
    assert "draft waiting" in page
    assert "3" in re.findall(r'class="badge"[^>]*>(\d+)<', page)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("tab=all", ["m", "c", "b", "a"]), ("tab=all&location=mill", ["m"]), ("source=harbour-reviews", ["a", "b"]),
        ("q=soup", ["b"]), ("tab=all&q=lovely+cak", ["c"]), ("topic=staff", ["a"]),
        ("mine=1", []), ("since=7d", ["a", "b", "m"]),
        ("tab=drafts", ["a", "b", "m"]), ("tab=approved", []), ("tab=older", []), ("tab=all&state=open", ["c"]),
        ("tab=all&label=positive", ["c"]), ("tab=all&unhappy=1", ["m", "b", "a"]),
    ],
)  # fmt: skip
def test_tabs_filters_and_search_show_what_was_asked_for(desk, query, names):
    assert shown(desk, desk.manager.get(f"/?{query}").text) == names


class Asked(Changed):
    """A survey that asks whether people would recommend the place."""

    def review(self, item):
        given = {"kind": "survey", "scale": "nps", "rating": item["stars"], "out_of": 10.0}
        return super().review({**item, "stars": 1}).model_copy(update=given)


@pytest.mark.parametrize(("answer", "low"), [(0, True), (6, True), (7, False), (10, False)])
def test_a_survey_s_low_answer_is_marked_like_few_stars(answer, low, *, stage, board, address, switch, monkeypatch):
    monkeypatch.setitem(CONNECTORS, "asked", Found("asked", Asked))
    stage.source("asked", "asked", board).begin()
    board.show(written("a", NOW, "The table by the door.", answer))
    stage.turn(send=False)
    with opened(stage, address, switch) as desk:
        page = desk.viewer.get("/?tab=all").text
    assert f"NPS {answer} of 10" in page
    assert ('<li class="entry low">' in page) is low
    assert ('<span class="figure low">' in page) is low


@pytest.mark.parametrize(
    "query",
    ["tab=nonsense", "after=nonsense", "after=1-1", "after=9999999999999999999999-1", "state=x", "since=x", "q=%00",
     "q=%22", "after=-5-5", "after=٣-٣", "q=" + "x" * 5000, "location=%27", "topic=%25", "label=", "tab=&tab=all"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_no_error(desk, query):
    assert desk.manager.get(f"/?{query}").status_code == 200


def test_a_manager_of_one_place_sees_its_reviews_only(desk):
    page = desk.browser("mara", "manager", ["mill"]).get("/?tab=all").text
    assert shown(desk, page) == ["m"]
    assert "Harbour" not in page
    assert "harbour-reviews" not in page


def test_what_is_snoozed_or_put_aside_is_out_until_it_wakes(desk):
    acts.snooze_review(desk.world, review_id(desk, "a"), desk.stage.now + timedelta(hours=1), by="mila")
    acts.dismiss_review(desk.world, review_id(desk, "b"), "spam", by="mila")
    assert shown(desk, desk.manager.get("/").text) == ["m"]
    desk.stage.later(hours=2)
    assert shown(desk, desk.manager.get("/").text) == ["a", "m"]


def test_an_entry_says_who_is_on_it(desk):
    acts.assign_review(desk.world, review_id(desk, "a"), "mila", desk.stage.now + timedelta(hours=1), by="mila")
    assert "yours" in desk.manager.get("/").text
    assert "mila is on it" in desk.owner.get("/").text
    assert shown(desk, desk.manager.get("/?mine=1").text) == ["a"]


def test_pages_follow_each_other_without_a_gap(stage, board, address, switch):
    stage.source("harbour-reviews", "changed", board, 'location = "harbour"').begin()
    stage.turn(send=False)
    stage.later(days=3)
    board.show(*many(60, stage.now, step=timedelta(minutes=30)))
    stage.turn(send=False)
    with opened(stage, address, switch) as desk:
        browser, path, seen = desk.manager, "/", []
        while path:
            page = browser.get(path).text
            seen += shown(desk, page)
            more = re.search(r'href="([^"]+)" rel="next"', page)
            path = more[1].replace("&amp;", "&") if more else ""
    assert seen == [f"r{n}" for n in range(1, 61)]


def test_an_empty_inbox_says_what_to_do_next(bare):
    bare.person("olga", "owner")
    page = bare.owner.get("/").text
    assert "Add a source" in page
    assert 'href="/sources"' in page


def test_old_unhappy_reviews_are_kept_apart_and_named(stage, board, address, switch):
    board.show(written("old", NOW - timedelta(days=300), "Terrible, never again.", 1))
    stage.source("harbour-reviews", "changed", board, 'location = "harbour"').begin()
    stage.turn(send=False)
    with opened(stage, address, switch) as desk:
        page = desk.manager.get("/").text
        assert shown(desk, page) == []
        assert 'href="/?tab=older"' in page
        assert shown(desk, desk.manager.get("/?tab=older").text) == ["old"]


def test_what_reviewers_write_is_never_markup(desk, board):
    board.show(written("x", desk.stage.now, "<img src=x onerror=alert(1)>{{7*7}} rude & cold &lt;b&gt;", 1,
                       author='"><script>alert(1)</script>'))  # fmt: skip
    desk.stage.later(minutes=1)
    desk.stage.turn(send=False)
    for page in (desk.manager.get("/").text, desk.manager.get(f"/reviews/{review_id(desk, 'x')}").text):
        assert "<img" not in page
        assert "alert(1)</script>" not in page
        assert "{{7*7}}" in page


def test_many_drafts_are_rejected_at_once_each_for_itself(desk):
    numbers = [draft_id(desk, name) for name in ("a", "b", "m")]
    acts.reject_draft(desk.world, numbers[1], by="noor", reason="mine")
    browser = desk.manager
    page = browser.said(browser.post("/drafts/reject", {"draft": [str(n) for n in numbers], "reason": "too stiff"}))
    assert "Drafts rejected: 2. Not rejected: 1" in page
    assert "by noor" in page
    assert desk.stage.rows("SELECT reason, decided_by FROM draft WHERE id = ?", numbers[0]) == [("too stiff", "mila")]
    assert desk.stage.one("SELECT count(*) FROM draft WHERE state = 'rejected'") == 3


@pytest.mark.parametrize(
    ("fields", "said"), [({"reason": "x"}, "tick the drafts"), ({"draft": "1", "reason": " "}, "needs a reason")]
)
def test_a_batch_without_drafts_or_reason_changes_nothing(desk, fields, said):
    browser = desk.manager
    assert said in browser.said(browser.post("/drafts/reject", fields))
    assert desk.stage.one("SELECT count(*) FROM draft WHERE state = 'rejected'") == 0


def test_a_batch_reaches_no_draft_of_another_place(desk):
    browser = desk.browser("mara", "manager", ["mill"])
    answer = browser.post("/drafts/reject", {"draft": str(draft_id(desk, "a")), "reason": "x"})
    assert "Drafts rejected: 0" in browser.said(answer)
    assert desk.stage.one("SELECT state FROM draft WHERE id = ?", draft_id(desk, "a")) == "pending"


def test_a_viewer_sees_the_inbox_without_a_form_that_changes_things(desk):
    page = desk.viewer.get("/").text
    assert shown(desk, page) == ["a", "b", "m"]
    assert re.findall(r'method="post" action="([^"]+)"', page) == ["/sign-out"]
    assert desk.viewer.post("/drafts/reject", {"draft": "1", "reason": "x"}).status_code == 403
