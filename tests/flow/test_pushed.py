"""What is pushed to us is committed before anybody looks inside, and then goes the way of everything read."""

import json
from typing import ClassVar, Literal

import pytest

from repmon.connector import Connector, Item, Items, Pushed, SiteReview
from repmon.discover import Found
from repmon.store import pushed
from repmon.store.sources import source_named
from tests.flow import stage as stages
from tests.flow.stage import NOW


class Hook(Connector):
    """Events with a list of reviews each."""

    door: ClassVar[Literal["http", "files", "mail", "push"]] = "push"
    bug: bool = False

    def items(self, event: Pushed, listing: str) -> Items:
        if self.bug:
            raise OSError("a bug of its own")
        found = event.json()
        if found.get("ping"):
            event.note("hook_ping", kind=event.headers["x-kind"])
            return
        yield from found["reviews"]

    def review(self, item: Item) -> SiteReview:
        return SiteReview(id=item["id"], text=item["text"], rating=item.get("stars"), written_at=item["at"],
                          edited_at=item.get("edited"))  # fmt: skip


@pytest.fixture
def hook(stage, monkeypatch):
    monkeypatch.setitem(stages.CONNECTORS, "hook", Found("hook", Hook))
    return stage.source("hook", "hook").begin()


def push(stage, document, digest="", kind="new"):
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    with stage.world.database.write() as session:
        row = source_named(session, "hook")
        return pushed.receive(session, row.id, digest or str(hash(body)), body, {"x-kind": kind}, stage.now)


def event(name="a", text="Cold soup, rude waiter.", **more):
    return {"reviews": [{"id": name, "text": text, "stars": 1, "at": NOW.isoformat(), **more}]}


def test_an_event_becomes_a_review_and_an_alert_at_the_next_processing(hook):
    assert push(hook, event())
    hook.process()
    assert hook.names() == {"a"}
    assert hook.one("SELECT label FROM review") == "negative"
    assert hook.events() == 1


def test_an_event_that_comes_twice_is_taken_once(hook):
    assert push(hook, event(), "e1")
    hook.process()
    assert not push(hook, event(), "e1")
    hook.process()
    assert hook.events() == 1


def test_the_body_of_an_event_is_let_go_once_it_is_stored_as_a_review(hook):
    push(hook, event(text="Nobody should keep this twice."))
    hook.process()
    assert hook.rows("SELECT length(body), headers FROM pushed") == [(0, None)]


def test_an_event_that_is_nonsense_is_set_aside_with_its_body_and_holds_up_no_other(hook):
    push(hook, b"{not json", "bad")
    push(hook, event(), "good")
    hook.process()
    assert hook.names() == {"a"}
    assert hook.rows("SELECT length(body), quarantined_at IS NOT NULL FROM pushed WHERE digest = 'bad'") == [(9, 1)]


def test_an_item_that_cannot_be_read_is_set_aside_as_one_that_was_polled(hook):
    push(hook, {"reviews": [{"id": "a"}, event("b")["reviews"][0]]})
    hook.process()
    assert hook.names() == {"b"}
    assert hook.one("SELECT field FROM quarantined_item") == "text"


def test_what_was_set_aside_is_tried_again_when_the_source_is_named(hook):
    hook.sources[-1] += "bug = true\n"
    hook.begin()
    push(hook, event())
    for _ in range(4):
        hook.process()
        hook.later(minutes=2)
    assert hook.one("SELECT attempts FROM pushed") == 3
    hook.sources[-1] = hook.sources[-1].replace("bug = true\n", "")
    assert hook.begin().poll("hook", named=True).new == 1


def test_an_update_that_overtakes_its_creation_stays(hook):
    later = NOW.replace(hour=13).isoformat()
    push(hook, event(text="With its comment.", edited=later), "updated")
    hook.process()
    push(hook, event(text=""), "created")
    hook.process()
    assert hook.one("SELECT text FROM review") == "With its comment."
    assert hook.events("review.edited") == 0


def test_a_poll_of_a_pushed_source_asks_nobody_and_says_what_came(hook):
    push(hook, event())
    push(hook, {"ping": True}, kind="test")
    outcome = hook.poll()
    assert (outcome.status, outcome.new, outcome.requests) == ("ok", 1, 0)
    assert outcome.notes == (("hook_ping", {"kind": "test"}),)


def test_an_event_is_not_lost_when_its_processing_is_cut_short(hook, monkeypatch):
    push(hook, event())
    with monkeypatch.context() as patched:
        patched.setattr(pushed, "settled", _die)
        with pytest.raises(SystemExit):
            hook.process()
    assert hook.names() == set()
    hook.begin().process()
    assert hook.names() == {"a"}


def _die(*_):
    raise SystemExit
