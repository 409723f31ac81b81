"""Services with a host of their own: what is put on the wire, caught below Apprise."""

from dataclasses import replace

from pydantic import SecretStr

from repmon.deliver import send, targets
from repmon.steps.messages.message import Message
from tests.deliver.sent import MESSAGE, SECRET, failure
from tests.deliver.wire import wire

HOOK = "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"


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
        "Unhappy review\n> “@ everyone < !channel> [bill] (https:// evil.example) < b>x< /b>”\n\nReference RM-1"
    )
    assert "avatar_url" not in got
    assert got["flags"] == 4


def test_slack_gets_blocks_and_nothing_that_it_reads_as_markup(monkeypatch):
    target = targets(SecretStr(HOOK))[0]
    with wire(monkeypatch) as sent:
        send(target, replace(HOSTILE, title="<!channel> & co"))
    [(url, got)] = sent
    assert url.startswith("https://hooks.slack.com/services/")
    assert got["text"] == "&lt; !channel&gt; &amp; co"
    assert (got["mrkdwn"], got["unfurl_links"], got["unfurl_media"]) == (False, False, False)
    assert "attachments" not in got
    kinds = [block["type"] for block in got["blocks"]]
    assert kinds == ["header", "rich_text", "context"]
    [quote] = got["blocks"][1]["elements"]
    assert quote["type"] == "rich_text_quote"
    assert {element["type"] for element in quote["elements"]} == {"text"}


def test_slack_links_to_our_desk_and_to_nothing_else(monkeypatch):
    target = targets(SecretStr("slack://xoxb-1234-1234-abc124def/#general"))[0]
    body = "> “Read on: https://desk.example/reviews/9”\n\nAll: https://evil.example/x\n\n" + MESSAGE.body
    with wire(monkeypatch, answer=b'{"ok":true,"channel":"C1"}') as sent:
        send(target, replace(MESSAGE, body=body, desk="https://desk.example"))
    [(_, got)] = sent
    assert got["channel"] == "#general"
    found = [each for block in got["blocks"] if block["type"] == "rich_text"
             for piece in block["elements"] for each in piece["elements"] if each["type"] == "link"]  # fmt: skip
    assert found == [{"type": "link", "url": "https://desk.example/r/12", "text": "Read on"}]


def test_a_slack_workflow_gets_the_text(monkeypatch):
    target = targets(SecretStr("https://hooks.slack.com/triggers/T1JJ3T3L2/1234567890/abcdef0123456789abcdef01"))[0]
    with wire(monkeypatch) as sent:
        send(target, MESSAGE)
    [(_, got)] = sent
    assert MESSAGE.title in got["text"]
    assert "blocks" not in got


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
