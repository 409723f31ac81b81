"""Reads the headers of a mail: encoded words, broken ones, and what the owner's own server found out about it."""

import re
from contextlib import suppress
from email.header import decode_header
from email.message import Message

_ADDRESS = re.compile(r"[^\s<>\",;:()]{1,200}@[^\s<>\",;:()]{1,200}")
_IN_BRACKETS = re.compile(r"<\s*([^\s<>]{1,200}@[^\s<>]{1,200})\s*>")
_METHOD = re.compile(r"\b(dkim|dmarc)=pass\b([^;]*)", re.IGNORECASE)
_DOMAIN = re.compile(r"\b(?:header\.)?(?:d|i|from)=\"?@?(?:[^\s@;\"]*@)?([\w.-]+)", re.IGNORECASE)


def as_text(content: bytes, charset: str) -> str:
    """As UTF-8 where it is that, whatever is declared; else in the charset named; bytes that do not fit are replaced.

    Text in another charset is next to never UTF-8 by chance, and mails often name a wrong one.
    """
    if not content.isascii():
        with suppress(UnicodeDecodeError):
            return content.decode("utf-8")
    with suppress(LookupError, ValueError):  # names of no charset, of something else, with a zero byte
        return content.decode(charset, "replace")
    return content.decode("utf-8", "replace")


def header(mail: Message, name: str) -> str:
    """A header as text on one line: encoded words (RFC 2047) decoded, raw 8-bit bytes taken for UTF-8."""
    given = next((str(value) for key, value in mail.raw_items() if key.lower() == name), "")
    text = given.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    with suppress(ValueError):  # HeaderParseError: base64 that is none
        parts = decode_header(text)
        text = "".join(as_text(part, set_ or "latin-1") if isinstance(part, bytes) else part for part, set_ in parts)
    return " ".join(text.split())


def address(mail: Message) -> str:
    """The address in From, lower case; of several texts that look like one the last in brackets, as servers do."""
    given = header(mail, "from")
    found = _IN_BRACKETS.findall(given) or _ADDRESS.findall(given)
    return found[-1].lower() if found else ""


def is_proven(mail: Message, sender: str, checked_by: str) -> bool:
    """Only findings of our own server count: anybody can write such a header into a mail."""
    domain = sender.rpartition("@")[2]
    for name, value in mail.raw_items():
        server, _, findings = " ".join(str(value).split()).partition(";")
        if name.lower() != "authentication-results" or not checked_by or not domain:
            continue
        if server.split(" ")[0].lower() != checked_by.lower():
            continue
        found = [each.lower() for _kind, rest in _METHOD.findall(findings) for each in _DOMAIN.findall(rest)]
        return any(domain == each or domain.endswith("." + each) for each in found if "." in each)
    return False
