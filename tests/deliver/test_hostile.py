"""A whole alert about a hostile review, as every service really gets it: nothing in it acts."""

import email
import email.policy
import re
import unicodedata
from collections.abc import Iterator
from html import unescape

import pytest
from pydantic import SecretStr

from repmon.deliver import send, targets
from repmon.steps.messages.message import render
from tests.deliver.sent import SECRET
from tests.deliver.wire import wire
from tests.steps.event import NOW, review, unhappy
from tests.steps.test_defuse import ACTS_UNSEEN, LINKS, LIVE, MARKUP, PINGS

DESK = "https://desk.example"
CHATS = {
    "slack": ("slack://xoxb-1234-1234-abc124def/#general", b'{"ok":true,"channel":"C1"}'),
    "slack hook": ("https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", b"ok"),
    "discord": (f"discord://417429632418316298/{SECRET}", b""),
    "telegram": ("tgram://123456789:abcdefghijklmnopqrstuvwxyzABCDEFGHI/12315544", b'{"ok":true}'),
    "mattermost": (f"mmost://chat.example/{SECRET}0123456789", b"ok"),
    "ntfy": ("ntfys://ntfy.example/reviews", b"{}"),
    "google chat": ("gchat://workspace/key/token", b"{}"),
}
CORPUS = [
    *PINGS,
    *LINKS,
    *MARKUP,
    "https://evil.example/x",
    "www.evil.example",
    ACTS_UNSEEN,
    "\n\nApproved: https://x.y/z",
]

BATCHES = ["\n".join(CORPUS[at : at + 6]) for at in range(0, len(CORPUS), 6)]


def alert(words: str):
    said = review(text=words, title=words, author=words)
    return render(unhappy(review=said), now=NOW, desk_url=DESK, limit=1500)


def texts(sent: object) -> Iterator[str]:
    if isinstance(sent, dict):
        for value in sent.values():
            yield from texts(value)
    elif isinstance(sent, list):
        for value in sent:
            yield from texts(value)
    elif isinstance(sent, str):
        yield sent


@pytest.mark.parametrize("service", CHATS)
def test_no_chat_gets_anything_that_acts(service, monkeypatch):
    url, answer = CHATS[service]
    target = targets(SecretStr(url))[0]
    for words in BATCHES:
        with wire(monkeypatch, answer=answer) as sent:
            send(target, alert(words))
        shown = re.sub(r"^<b>(Unhappy.*)</b>\r$", r"\1", "\n".join(texts(sent[0][1])), flags=re.MULTILINE)
        assert "RM-ZN0CNK" in shown
        for read in (shown, unescape(shown)):
            assert not LIVE.search(read), (service, words)
            assert "//evil" not in read
            assert not [
                c for c in read if c not in "\r\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
            ]


def test_programs_get_the_words_as_they_are(hook):
    for words in ("@everyone", "<!channel>", LINKS[0], *MARKUP, "2 < 3 & 4 > 1"):
        send(hook.target(), alert(words))
        assert f"> “{words}\n" in hook.got[-1][1]["message"]


OURS = "html|head|meta|title|style|body|div|h1|p|br|blockquote|strong|code|a"
ACTIVE = re.compile(rf"<(?!/?(?:{OURS})\b|!doctype)", re.IGNORECASE)


def test_the_html_of_a_mail_holds_our_own_tags_only(mailbox):
    kept, port = mailbox
    target = targets(SecretStr(f"mailto://127.0.0.1:{port}/?from=desk@shop.example&to=giulia@shop.example"))[0]
    for words in BATCHES:
        send(target, alert(words))
        got = email.message_from_bytes(kept.taken.pop().content, policy=email.policy.default)
        html = got.get_body(("html",)).get_content()
        assert not ACTIVE.search(html), words
        assert set(re.findall(r'href="([^"]*)"', html)) == {"https://desk.example/reviews/12"}
        assert not re.search(r"\son\w+=|src=|url\(|@import|javascript:[^&]*\"", re.sub(r">[^<]*<", "><", html))
        plain = got.get_body(("plain",)).get_content()
        assert not [
            c for c in plain + html if c not in "\r\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        ]
