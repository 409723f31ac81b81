"""The door for events: who is let in, what is answered, and that nothing is stored twice or lost."""

import hashlib
import hmac
import json
from typing import Any

import httpx
import pytest

from tests.web.desk import Desk

SECRET = "made-up-secret-of-some-length"
SOURCES = f"""
[[sources]]
id = "guests"
connector = "webhook"
location = "harbour"
secret = "{SECRET}"
[[sources]]
id = "scores"
connector = "webhook"
location = "harbour"
format = "delighted"
secret = "{SECRET}"
[[sources]]
id = "board"
connector = "feed"
url = "https://feed.example/x"
"""
REVIEW = {
    "id": "g-1",
    "text": "The soup was cold and the waiter rude.",
    "rating": 1,
    "created_at": "2026-03-02T12:30:00Z",
}


@pytest.fixture
def desk(opened_with):
    with opened_with(SOURCES) as desk:
        yield desk


def sign(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def send(desk: Desk, body: Any, source: str = "guests", **headers: str) -> httpx.Response:
    """Send an event as its sender would: signed, without cookies, Origin or token."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    name = {"scores": "x-delighted-webhook-signature"}.get(source, "x-repmon-signature")
    given = {"content-type": "application/json", name: sign(raw), **headers}
    return httpx.post(f"{desk.base}/hooks/{source}", content=raw, headers=given)


def stored(desk: Desk) -> int:
    number: int = desk.stage.one("SELECT count(*) FROM pushed")
    return number


def score(event: str, comment: str | None, updated: int | None) -> dict[str, Any]:
    data = {"id": "9", "survey_type": "nps", "score": 2, "comment": comment, "created_at": 1772454600,
            "updated_at": updated, "person": {"name": "Kim"}}  # fmt: skip
    return {"event_type": f"survey_response.{event}", "event_id": event, "event_data": data}


def test_a_signed_event_is_committed_and_becomes_a_review_at_the_next_turn(desk):
    answer = send(desk, REVIEW)
    assert (answer.status_code, stored(desk)) == (202, 1)
    assert desk.stage.names() == set()
    desk.stage.process()
    assert desk.stage.names() == {"g-1"}
    assert desk.stage.events() == 1


def test_the_same_event_again_is_thanked_for_and_stored_once(desk):
    assert [send(desk, REVIEW).status_code for _ in range(3)] == [202, 200, 200]
    desk.stage.process()
    assert send(desk, REVIEW).status_code == 200
    desk.stage.process()
    assert (stored(desk), desk.stage.events()) == (1, 1)


@pytest.mark.parametrize("signature", ["", "sha256=00", "sha256=" + "0" * 64, "nonsense"])
def test_a_wrong_signature_is_refused_and_nothing_is_stored(desk, signature):
    answer = send(desk, REVIEW, **{"x-repmon-signature": signature})
    assert (answer.status_code, stored(desk)) == (401, 0)


def test_what_is_no_source_or_takes_no_events_is_not_there(desk):
    assert [send(desk, REVIEW, name).status_code for name in ("nobody", "board")] == [404, 404]


def test_an_event_is_checked_before_it_is_parsed(desk):
    assert send(desk, b"{nonsense", **{"x-repmon-signature": "sha256=00"}).status_code == 401
    assert send(desk, b"{nonsense").status_code == 400
    assert send(desk, b"\xff\xfe{}").status_code == 400
    assert stored(desk) == 0


def test_other_contents_and_other_methods_are_refused(desk):
    assert send(desk, REVIEW, **{"content-type": "text/html"}).status_code == 415
    assert send(desk, b"id=1&text=Fine", **{"content-type": "application/x-www-form-urlencoded"}).status_code == 202
    assert httpx.get(f"{desk.base}/hooks/guests").status_code == 405


@pytest.mark.parametrize("chunked", [False, True])
def test_five_megabytes_are_refused(desk, chunked):
    raw = b'{"id": "' + b"x" * 5 * 2**20 + b'"}'
    content = iter([raw[start : start + 65_536] for start in range(0, len(raw), 65_536)]) if chunked else raw
    try:
        answer = httpx.post(f"{desk.base}/hooks/guests", content=content, headers={"x-repmon-signature": sign(raw)})
        assert answer.status_code == 413
    except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        pass  # the desk hung up before all was sent
    assert stored(desk) == 0


def test_an_event_nobody_can_use_is_thanked_for_and_set_aside(desk):
    assert send(desk, {"no": "id"}).status_code == 202
    desk.stage.process()
    assert desk.stage.one("SELECT count(*) FROM quarantined_item") == 1
    assert desk.stage.names() == set()


def test_no_signature_and_no_address_is_kept_with_an_event(desk):
    send(desk, REVIEW, **{"x-forwarded-for": "192.0.2.7"})
    assert json.loads(desk.stage.one("SELECT headers FROM pushed")) == {"content-type": "application/json"}


def test_a_later_state_that_comes_first_is_not_undone(desk):
    send(desk, {**REVIEW, "text": "They called back. All well.", "rating": 4, "updated_at": "2026-03-02T13:00:00Z"})
    send(desk, REVIEW)
    desk.stage.process()
    assert desk.stage.one("SELECT rating FROM review") == 4


def test_a_score_waits_for_its_comment_and_is_told_once(desk):
    send(desk, score("created", None, None), "scores")
    desk.stage.process()
    assert desk.stage.names() == set()
    desk.stage.later(minutes=2)
    send(desk, score("updated", "Cold soup.", 1772454720), "scores")
    desk.stage.process()
    assert desk.stage.one("SELECT text FROM review") == "Cold soup."
    desk.stage.later(minutes=10)
    desk.stage.process()
    assert (desk.stage.events(), desk.stage.events("review.edited")) == (1, 0)
    assert desk.stage.one("SELECT text FROM review") == "Cold soup."


def test_a_score_without_a_comment_is_taken_in_after_a_while(desk):
    send(desk, score("created", None, None), "scores")
    desk.stage.later(minutes=6)
    desk.stage.process()
    assert desk.stage.names() == {"9"}


def test_who_guesses_is_slowed_down_and_who_is_right_is_let_in(desk):
    codes = [send(desk, REVIEW, **{"x-repmon-signature": "sha256=00"}).status_code for _ in range(70)]
    assert (codes[0], codes[-1]) == (401, 429)
    assert send(desk, REVIEW).status_code == 202


def test_a_source_that_floods_is_told_when_to_come_back(desk, monkeypatch):
    monkeypatch.setattr("repmon.web.hooks.EVENTS_A_MINUTE", 3)
    answers = [send(desk, {**REVIEW, "id": str(number)}) for number in range(5)]
    assert [answer.status_code for answer in answers] == [202, 202, 202, 429, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    desk.stage.later(minutes=1)
    assert send(desk, {**REVIEW, "id": "late"}).status_code == 202
