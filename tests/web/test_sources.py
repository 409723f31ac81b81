"""The Sources pages: how each source is, what to do about it, and what could not be read."""

import re
from datetime import timedelta

import pytest

from tests.flow.site import Scripted, many, written
from tests.flow.stage import NOW
from tests.web.desk import opened

REFUSED = (403, {}, b"no")


def did(browser, path, page="/sources"):
    """What is said after an act."""
    return browser.said(browser.post(path, page=page))


def acts(desk, action):
    """The entries of the record of one kind, as (actor, subject)."""
    return desk.stage.rows("SELECT actor, subject FROM audit WHERE action = ?", action)


def test_a_source_that_is_read_says_so_and_how_often(desk):
    page = desk.viewer.get("/sources").text
    assert "harbour-reviews" in page
    assert "It is read without trouble." in page
    assert "2 of 2 times" in page
    assert "Kettle and Crumb Mill" in page


def test_that_all_is_well_is_said_once(desk):
    page = desk.viewer.get("/sources/harbour-reviews").text
    assert page.lower().count("without trouble") == 1


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (
            RuntimeError("'NoneType' object is not iterable"),
            "The connector has a fault and could not read on; nothing is lost.",
        ),
        (ValueError("no number"), "not in the form this connector knows."),
    ],
)
def test_a_connector_that_stumbles_is_told_in_a_sentence_and_its_name_apart(raised, said, *, desk, monkeypatch):
    def stumble(*_given):
        raise raised

    monkeypatch.setattr(Scripted, "items", stumble)
    for _turn in range(4):
        desk.stage.turn("harbour-reviews", send=False)
    for path in ("/sources", "/sources/harbour-reviews"):
        page = desk.viewer.get(path).text
        assert said in page
        sentences = re.sub(r'<p class="soft small">Technical name: .*?</p>', "", page)
        assert type(raised).__name__ not in sentences
        assert f"Technical name: {type(raised).__name__}" in page
        assert ("look for a newer repmon, or tell" in page) is isinstance(raised, RuntimeError)


def test_a_source_never_asked_says_that(stage, board, address, switch):
    stage.source("harbour-reviews", "changed", board).begin()
    with opened(stage, address, switch) as desk:
        assert "It has not been asked yet." in desk.viewer.get("/sources").text


def test_without_sources_the_page_says_what_to_do(bare):
    assert "Add one under [[sources]]" in bare.viewer.get("/sources").text


def test_a_refused_source_says_why_since_when_and_what_to_do(desk, board):
    board.fault = REFUSED
    desk.stage.turn("harbour-reviews", send=False)
    page = desk.viewer.get("/sources").text
    assert "paused" in page
    assert "put the right key, consent or id into config.toml" in page
    assert "HTTP 403" in page or "403" in page
    assert "2026-03-02" in page


def test_a_paused_source_asked_again_is_read_at_its_next_turn(desk, board):
    board.fault = REFUSED
    desk.stage.turn("harbour-reviews", send=False)
    board.fault = None
    board.show(written("later", NOW + timedelta(hours=1), "Fine."))
    assert desk.stage.poll("harbour-reviews").status == "paused"
    assert "asked at its next turn, within 15 minutes" in did(desk.manager, "/sources/harbour-reviews/ask")
    assert desk.stage.poll("harbour-reviews").new == 1
    assert acts(desk, "source.asked") == [("mila", "source/harbour-reviews")]


def test_beside_a_daemon_a_source_is_asked_at_once_and_only_once(desk, board):
    asked = []
    desk.world.ask_soon = lambda name: asked.append(name) is None
    board.fault = REFUSED
    desk.stage.turn("harbour-reviews", send=False)
    assert "is being asked now" in did(desk.manager, "/sources/harbour-reviews/ask")
    assert "is not paused" in did(desk.manager, "/sources/harbour-reviews/ask")
    assert asked == ["harbour-reviews"]


def test_asking_a_source_that_is_not_paused_changes_nothing(desk):
    assert "is not paused" in did(desk.manager, "/sources/harbour-reviews/ask")
    assert acts(desk, "source.asked") == []


def test_the_site_s_own_come_back_later_is_obeyed(desk, board):
    board.fault = (429, {"retry-after": "7200"}, b"")
    desk.stage.turn("harbour-reviews", send=False)
    assert "asked us to stay away until" in desk.viewer.get("/sources").text
    assert "is not paused" in did(desk.manager, "/sources/harbour-reviews/ask")
    assert desk.stage.poll("harbour-reviews").status == "busy"


def test_an_item_the_connector_trips_over_is_told_in_a_sentence_too(desk, board, monkeypatch):
    def stumble(*_given):
        raise ValueError("could not convert string to float: 'x'")

    monkeypatch.setattr(Scripted, "review", stumble)
    board.show(*(written(f"n{number}", NOW + timedelta(minutes=60 + number), "Fine.") for number in range(3)))
    desk.stage.turn("harbour-reviews", send=False)
    page = desk.viewer.get("/sources/harbour-reviews").text
    assert "does not hold what the connector expects there." in page
    assert "Technical name: ValueError" in page


@pytest.fixture
def unreadable(desk, board):
    """The harbour shows, below the newest, an item that is no review."""
    for number in range(8):
        board.show(written(f"n{number}", NOW + timedelta(minutes=60 + number), f"Number {number}."))
    board.show(written("odd", NOW + timedelta(hours=2), "<script>alert(1)</script>", stars=99))
    desk.stage.turn("harbour-reviews", send=False)
    return desk


def test_what_could_not_be_read_is_shown_harmless(unreadable):
    assert "that could not be read" in unreadable.viewer.get("/sources").text
    page = unreadable.viewer.get("/sources/harbour-reviews").text
    assert "The rating 99 is not between 0 and 5." in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_the_owner_has_set_aside_items_tried_again_even_below_known_reviews(unreadable, board, monkeypatch):
    for number in range(25):
        board.show(written(f"x{number}", NOW + timedelta(hours=3, minutes=number), f"Later {number}."))
    unreadable.stage.turn("harbour-reviews", send=False)
    now_known = Scripted.review
    monkeypatch.setattr(
        Scripted, "review", lambda self, item: now_known(self, {**item, "stars": min(item["stars"], 5)})
    )
    unreadable.stage.turn("harbour-reviews", send=False)
    assert "odd" not in unreadable.stage.names()
    here = "/sources/harbour-reviews"
    assert "tried again at its next turn" in did(unreadable.owner, f"{here}/retry", here)
    unreadable.stage.turn("harbour-reviews", send=False)
    assert "odd" in unreadable.stage.names()
    assert "Try them again" not in unreadable.owner.get("/sources/harbour-reviews").text
    assert acts(unreadable, "source.retried") == [("olga", "source/harbour-reviews")]


def test_only_the_owner_tries_set_aside_items_again(unreadable):
    assert "Try them again" not in unreadable.manager.get("/sources/harbour-reviews").text
    assert unreadable.manager.post("/sources/harbour-reviews/retry", page="/sources").status_code == 403


def test_a_viewer_sees_no_forms_but_the_one_to_sign_out(unreadable, board):
    board.fault = REFUSED
    unreadable.stage.turn("harbour-reviews", send=False)
    for path in ("/sources", "/sources/harbour-reviews"):
        assert re.findall(r'<form[^>]*action="([^"]+)"', unreadable.viewer.get(path).text) == ["/sign-out"]
    assert unreadable.viewer.post("/sources/harbour-reviews/ask", page="/sources").status_code == 403


def test_a_manager_of_one_place_knows_of_its_sources_only(desk):
    hugo = desk.browser("hugo", "manager", ["mill"])
    page = hugo.get("/sources").text
    assert "mill-reviews" in page
    assert "harbour-reviews" not in page
    assert hugo.get("/sources/harbour-reviews").status_code == 404
    assert hugo.post("/sources/harbour-reviews/ask", page="/sources").status_code == 404


def test_a_silence_longer_than_chance_explains_is_said_with_its_figures(stage, board, address, switch):
    stage.source("busy", "changed", board).begin()
    board.show(*many(60, NOW, step=timedelta(hours=24)))
    stage.turn(send=False)
    stage.later(days=20)
    stage.turn(send=False)
    with opened(stage, address, switch) as desk:
        page = desk.viewer.get("/sources").text
        assert "unusually quiet" in page
        assert "0 new reviews in 20 days" in page
        assert "look at the site" in page


def test_a_normal_silence_is_said_to_be_normal(stage, board, address, switch):
    stage.source("calm", "changed", board).begin()
    board.show(*many(20, NOW, step=timedelta(days=9)))
    stage.turn(send=False)
    stage.later(days=3)
    stage.turn(send=False)
    with opened(stage, address, switch) as desk:
        assert "nothing new in 3 days is normal here" in desk.viewer.get("/sources").text


def test_a_competitor_is_marked_and_a_retired_source_kept_apart(stage, board, mill, address, switch):
    stage.source("rival", "changed", board, 'role = "competitor"').source("gone", "changed", mill).begin()
    stage.turn(send=False)
    stage.sources.pop()
    stage.begin()
    with opened(stage, address, switch) as desk:
        page = desk.viewer.get("/sources").text
        assert "competitor" in page
        assert "1 source that is no longer read" in page
        assert "It is no longer in config.toml." in page


@pytest.mark.parametrize("path", ["/sources/nothing", "/sources/%00", "/sources/%2e%2e%2faudit", "/sources/' OR 1=1"])
def test_a_source_that_is_not_there_is_not_found(desk, path):
    assert desk.viewer.get(path).status_code == 404
