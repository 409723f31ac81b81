"""A message made safe for one service: nothing in it pings, hides a link, draws HTML or adds a header."""

import re
from dataclasses import replace

from repmon.steps.messages.message import TITLE_LIMIT, Message
from repmon.steps.plain import one_line, plain

_AS_WRITTEN = frozenset({"json", "jsons", "xml", "xmls", "form", "forms", "mailto", "mailtos"})
"""Shown to people as it is (plain mail), or read by programs, which need the text unchanged."""

_NAME = r"[\u200c\u200d]*[\w*&!#$(-]"
_PING = re.compile(rf"([@\uff20\ufe6b])(?={_NAME})")
_MAIL_LOCAL = re.compile(r"[A-Za-z0-9._%+-]$")
_EVERYBODY = re.compile(r"(?:everyone|here|channel|all|room|online|group|team|members)\b", re.IGNORECASE)
_TAG = re.compile(r"<(?=[\u200c\u200d]*[A-Za-z/!@#:?&%])")
_LINK = re.compile(r"\](?=[(\[:])")
_HIDDEN = re.compile(r"\|(?=\|)")
_FENCE = re.compile(r"`{3,}|~{3,}")
_ADDRESS = re.compile(r"\b(?:(?:https?|ftps?)://|www\.)(?=\S)", re.IGNORECASE)
_QUOTED = re.compile(r"^> .*|“[^”\n]*”?", re.MULTILINE)


def defuse(message: Message, schema: str) -> Message:
    """Return the message as it may go to the Apprise schema `schema` (slack, discord, tgram, mailto …).

    Everywhere: a title on one line without control characters (mail headers), a body without characters that act
    unseen. Chats in addition, known to us or not: `@` before a name gets a space after it, as do `<` before a tag, `]`
    before a link target and the `://` of an address that is quoted, so that nobody taps it by mistake; those are
    changes one can see, since chats drop the invisible ones. Escaping instead would show backslashes wherever a
    service happens not to read Markdown.
    """
    title, body = one_line(message.title, TITLE_LIMIT), plain(message.body)
    if schema.casefold() not in _AS_WRITTEN:
        title, body = _inert(title), _inert(body)
    return replace(message, title=title, body=body)


def _inert(text: str) -> str:
    text = _PING.sub(_apart, text)
    text = _TAG.sub("< ", text)
    text = _LINK.sub("] ", text)
    text = _HIDDEN.sub("| ", text)
    text = _FENCE.sub("'''", text)
    return _QUOTED.sub(_unlinked, text)


def _unlinked(quoted: re.Match[str]) -> str:
    return _ADDRESS.sub(lambda address: f"{address[0]} ", quoted[0])


def _apart(found: re.Match[str]) -> str:
    """A mail address stays one (it has letters before its `@`), unless what follows calls everybody."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:12].lstrip("\u200c\u200d")
    if _MAIL_LOCAL.search(before) and not _EVERYBODY.match(after):
        return found[0]
    return f"{found[1]} "
