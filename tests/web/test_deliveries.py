"""The Deliveries page and the page that explains who was told: every message, and another try for those given up."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from repmon.turn.send import deliver
from tests.flow.peers import Sink
from tests.flow.site import many, written
from tests.flow.stage import NOW
from tests.web.desk import Desk, opened

RULES = """
[[rules]]
name = "praise"
when = { stars = ">=4" }
notify = ["slack"]
[[rules]]
name = "all others"
notify = ["slack"]
"""


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        yield server


@pytest.fixture
def told(stage, board, mill, sink, address, switch) -> Iterator[Desk]:
    """Two reviews at the harbour and one at the mill, told over a channel that refuses everything for good."""
    stage.channel("slack", f"json://127.0.0.1:{sink.port}/hooks/a-token-nobody-may-see")
    stage.source("harbour-reviews", "changed", board, 'location = "harbour"')
    stage.source("mill-reviews", "changed", mill, 'location = "mill"').begin()
    stage.turn(send=False)
    stage.later(hours=1)
    board.show(written("a", NOW + timedelta(minutes=5)), written("b", NOW + timedelta(minutes=4)))
    mill.show(written("m", NOW + timedelta(minutes=6)))
    sink.status = 410
    stage.turn()
    with opened(stage, address, switch) as desk:
        yield desk


def message(desk: Desk, name: str) -> int:
    """The number of the message about the review of this name."""
    number: int = desk.stage.one(
        "SELECT delivery.id FROM delivery JOIN event ON event.id = event_id JOIN review ON review.id = review_id"
        " WHERE external_id = ?", name)  # fmt: skip
    return number


def states(desk: Desk) -> list[str]:
    return [row[0] for row in desk.stage.rows(
        "SELECT delivery.state FROM delivery JOIN event ON event.id = event_id WHERE kind = 'review.new'"
        " ORDER BY delivery.id"
    )]  # fmt: skip


def review(desk: Desk, name: str) -> int:
    number: int = desk.stage.one("SELECT id FROM review WHERE external_id = ?", name)
    return number


def test_a_given_up_message_says_what_the_target_answered_and_hides_its_secret(told):
    assert states(told) == ["failed"] * 3
    page = told.viewer.get("/deliveries?state=failed").text
    assert "given up" in page
    assert "It was refused (HTTP 410" in page
    assert "a-token-nobody-may-see" not in page
    assert f"/reviews/{review(told, 'a')}/explain" in page


def test_an_address_in_trouble_is_named_at_the_top(told):
    page = told.owner.get("/deliveries").text
    assert "cannot be reached" in page


def test_a_manager_has_one_message_tried_again_and_it_arrives(told, sink):
    sink.status = 200
    number = message(told, "a")
    browser = told.manager
    assert f"Message {number} is tried again now." in browser.said(
        browser.post(f"/deliveries/{number}/retry", page="/deliveries")
    )
    told.stage.later(hours=3)
    deliver(told.world)
    assert told.stage.one("SELECT state FROM delivery WHERE id = ?", number) == "delivered"
    assert states(told).count("failed") == 2
    assert told.stage.rows("SELECT actor, subject FROM audit WHERE action = 'delivery.retried'") == [
        ("mila", f"delivery/{number}")
    ]
    explained = told.viewer.get(f"/reviews/{review(told, 'a')}/explain").text
    assert "tried once more on request of mila" in explained


def test_a_message_that_was_not_given_up_is_not_sent_twice(told, sink):
    sink.status = 200
    browser, number = told.manager, message(told, "a")
    browser.post(f"/deliveries/{number}/retry", page="/deliveries")
    assert "was not given up" in browser.said(browser.post(f"/deliveries/{number}/retry", page="/deliveries"))
    told.stage.later(hours=3)
    deliver(told.world)
    assert len(sink.messages) == 1


def test_the_owner_has_everything_tried_again(told, sink):
    sink.status = 200
    browser = told.owner
    assert "Messages that are tried again now: " in browser.said(browser.post("/deliveries/retry", page="/deliveries"))
    told.stage.later(hours=3)
    deliver(told.world)
    assert states(told) == ["delivered"] * 3
    assert "nothing was changed" in browser.said(browser.post("/deliveries/retry", page="/deliveries?state=delivered"))
    assert [row[0] for row in told.stage.rows("SELECT actor FROM audit WHERE action = 'deliveries.retried'")] == [
        "olga"
    ]


def test_what_travelled_together_is_tried_again_together(stage, board, sink, address, switch):
    stage.head = stage.head.replace("group = false", "group = true")
    stage.more += RULES
    stage.channel("slack", f"json://127.0.0.1:{sink.port}/a")
    stage.source("harbour-reviews", "changed", board, 'location = "harbour"').begin()
    stage.turn(send=False)
    stage.later(hours=1)
    board.show(written("a", NOW + timedelta(minutes=5)), written("b", NOW + timedelta(minutes=4)))
    sink.status = 410
    stage.turn()
    with opened(stage, address, switch) as desk:
        assert states(desk) == ["failed"] * 2
        sink.status = 200
        browser = desk.owner
        browser.post("/deliveries/retry", page="/deliveries")
        stage.later(hours=3)
        deliver(desk.world)
        assert states(desk) == ["delivered"] * 2
        assert len([each for each in sink.messages if "soup" in each]) == 1


def test_viewers_see_no_forms_and_managers_no_button_for_all(told):
    forms = re.compile(r'<form method="post" action="([^"]+)"')
    assert forms.findall(told.viewer.get("/deliveries").text) == ["/sign-out"]
    managers = forms.findall(told.manager.get("/deliveries").text)
    assert "/deliveries/retry" not in managers
    assert f"/deliveries/{message(told, 'a')}/retry" in managers
    assert told.viewer.post(f"/deliveries/{message(told, 'a')}/retry", page="/deliveries").status_code == 403
    assert told.manager.post("/deliveries/retry", page="/deliveries").status_code == 403


def test_a_manager_of_one_place_sees_its_messages_only(told):
    hugo = told.browser("hugo", "manager", ["mill"])
    page = hugo.get("/deliveries").text
    assert re.findall(r"/reviews/(\d+)/explain", page) == [str(review(told, "m"))]
    assert hugo.post(f"/deliveries/{message(told, 'a')}/retry", page="/deliveries").status_code == 404
    assert hugo.get(f"/reviews/{review(told, 'a')}/explain").status_code == 404
    assert hugo.get(f"/reviews/{review(told, 'm')}/explain").status_code == 200


def test_a_held_message_says_until_when_and_why(stage, board, sink, address, switch):
    stage.channel("slack", f"json://127.0.0.1:{sink.port}/a", lines='quiet_hours = "08:00-23:00"')
    stage.more += RULES
    stage.source("harbour-reviews", "changed", board).begin()
    stage.turn(send=False)
    stage.later(hours=1)
    board.show(written("a", NOW + timedelta(minutes=5)))
    stage.turn()
    with opened(stage, address, switch) as desk:
        page = desk.viewer.get("/deliveries?state=waiting").text
        assert "held until 2026-03-02 23:00 UTC: quiet hours" in page


def test_pages_of_messages_follow_each_other_without_a_gap(stage, board, sink, address, switch):
    stage.channel("slack", f"json://127.0.0.1:{sink.port}/a")
    stage.source("harbour-reviews", "changed", board, 'location = "harbour"').begin()
    stage.turn(send=False)
    stage.later(days=9)
    board.show(*many(60, stage.now, step=timedelta(hours=2)))
    stage.turn(send=False)
    with opened(stage, address, switch) as desk:
        browser, path, seen = desk.viewer, "/deliveries", list[str]()
        while path:
            page = browser.get(path).text
            seen += re.findall(r"№ (\d+)", page)
            more = re.search(r'href="([^"]+)" rel="next"', page)
            path = more[1].replace("&amp;", "&") if more else ""
    assert len(seen) == len(set(seen)) == stage.one("SELECT count(*) FROM delivery")
    assert seen == sorted(seen, key=int, reverse=True)


def test_messages_are_filtered_by_target(told):
    key = told.stage.one("SELECT DISTINCT target FROM delivery")
    assert "review " in told.viewer.get(f"/deliveries?target={key}").text
    assert "No message fits." in told.viewer.get("/deliveries?target=nobody").text


@pytest.mark.parametrize(
    "query", ["state=x", "before=x", "before=9999999999999", "before=٣", "target=%00", "before=-1"]
)
def test_an_address_that_makes_no_sense_is_no_error(told, query):
    assert told.viewer.get(f"/deliveries?{query}").status_code == 200


def test_without_messages_the_page_says_so(bare):
    assert "No messages yet." in bare.viewer.get("/deliveries").text


def test_every_rule_is_explained_with_the_value_that_decided_in_the_words_of_the_command(
    stage, board, sink, address, switch
):
    stage.channel("slack", f"json://127.0.0.1:{sink.port}/a")
    stage.more += RULES
    stage.source("harbour-reviews", "changed", board).begin()
    stage.turn(send=False)
    stage.later(hours=1)
    board.show(written("a", NOW + timedelta(minutes=5), stars=2))
    stage.turn()
    with opened(stage, address, switch) as desk:
        page = desk.viewer.get(f"/reviews/{review(desk, 'a')}/explain").text
        assert re.search(r"It asks for [^;]*4[^;]* stars; this has 2", page)
        assert "It matched and sent" in page
        assert "it arrived" in page
        assert f"/reviews/{review(desk, 'a')}/explain" in desk.viewer.get(f"/reviews/{review(desk, 'a')}").text


def test_a_review_of_the_first_read_is_explained_as_quiet(stage, board, address, switch):
    board.show(*many(2, NOW - timedelta(days=3)))
    stage.source("harbour-reviews", "changed", board).begin()
    stage.turn(send=False)
    with opened(stage, address, switch) as desk:
        assert "that is quiet" in desk.viewer.get("/reviews/1/explain").text
        assert desk.viewer.get("/reviews/999/explain").status_code == 404
