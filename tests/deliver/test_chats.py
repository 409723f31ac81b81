"""Services with a host of their own: what is put on the wire, caught below Apprise."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from pydantic import SecretStr

from repmon.deliver import send, targets
from repmon.steps.message import Message
from tests.deliver.sent import SECRET, failure


@contextmanager
def wire(monkeypatch, status: int = 200, answer: bytes = b"ok") -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """Catch what would leave this machine, below Apprise."""
    sent: list[tuple[str, dict[str, Any]]] = []

    def catch(_: object, request: requests.PreparedRequest, **__: object) -> requests.Response:
        body = request.body or b"{}"
        sent.append((str(request.url), json.loads(body)))
        response = requests.Response()
        response.status_code, response._content = status, answer
        return response

    with monkeypatch.context() as patch:
        patch.setattr(requests.adapters.HTTPAdapter, "send", catch)
        yield sent


HOSTILE = Message(
    "Unhappy review", "> “@everyone <!channel> [bill](https://evil.example) <b>x</b>”\n\nReference RM-1", "RM-1"
)


def test_discord_is_told_to_ping_nobody(monkeypatch):
    target = targets(SecretStr(f"discord://417429632418316298/{SECRET}"))[0]
    with wire(monkeypatch, status=204, answer=b"") as sent:
        send(target, HOSTILE)
    [(_, got)] = sent
    assert got["allowed_mentions"] == {"parse": []}
    assert got["content"] == (
        "Unhappy review\n> “@ everyone < !channel> [bill] (https://evil.example) < b>x< /b>”\n\nReference RM-1"
    )
    assert "avatar_url" not in got


def test_slack_gets_text_that_is_not_read_as_markup(monkeypatch):
    target = targets(SecretStr("https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"))[0]
    with wire(monkeypatch) as sent:
        send(target, HOSTILE)
    [(url, got)] = sent
    assert url.startswith("https://hooks.slack.com/services/")
    assert got["mrkdwn"] is False
    assert "<" not in got["attachments"][0]["text"]
    assert "http" not in str({key: got["attachments"][0][key] for key in got["attachments"][0] if key != "text"})


def test_slack_says_no_with_a_yes_and_is_understood(monkeypatch):
    target = targets(SecretStr("slack://xoxb-1234-1234-abc124def/#general"))[0]
    with wire(monkeypatch, answer=b'{"ok":false,"error":"channel_not_found"}'):
        problem = failure(target)
    assert (problem.permanent, problem.values["answer"]) == (True, "channel_not_found")


def test_telegram_gets_its_markup_escaped(monkeypatch):
    target = targets(SecretStr("tgram://123456789:abcdefghijklmnopqrstuvwxyzABCDEFGHI/12315544"))[0]
    with wire(monkeypatch, answer=b'{"ok":true}') as sent:
        send(target, HOSTILE)
    assert "<a" not in sent[0][1]["text"]
    assert "< b&gt;" in sent[0][1]["text"].replace("&lt;", "<")
