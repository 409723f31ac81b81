"""Reads one mail as it really comes: broken headers, wrong charsets, HTML only, forwarded; RFC 5322 and RFC 2045."""

import hashlib
import re
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from repmon_connectors._headers import address, as_text, header, is_proven
from repmon_connectors._plain import plain

LONGEST = 100_000
"""Characters of a mail's text that are looked at."""
LONGEST_ID = 400
_INSIDE = "message/rfc822"
_QUOTED_FROM = re.compile(r"^[>*\s]*(?:From|Von|De|Van|Da)\s*:.*?([\w.+-]{1,64}@[\w.-]{1,255})", re.MULTILINE)


class Seen(NamedTuple):
    """One mail: who sent it and, where it was forwarded, from whom it first came; `date` in ISO 8601, UTC."""

    id: str
    sender: str
    origin: str
    subject: str
    date: str | None
    text: str
    proven: bool


def read(raw: bytes, checked_by: str) -> Seen | None:
    """The mail, or None for what is none. `checked_by` is how the owner's own server names itself in its findings.

    It counts as proven when that server found the signature of its sender's domain good (RFC 8601); a forwarded one
    never does.
    """
    mail = message_from_bytes(raw, policy=policy.compat32)
    if not {"from", "subject"} & {name.lower() for name in mail.keys()}:  # noqa: SIM118 - a Message is no mapping
        return None
    inner = _forwarded(mail)
    told = inner or mail
    text = _text(told)[:LONGEST]
    sender = address(mail)
    quoted = _QUOTED_FROM.search(text)
    origin = address(inner) if inner else quoted[1].lower() if quoted else sender
    proven = inner is None and origin == sender and is_proven(mail, sender, checked_by)
    name = header(mail, "message-id").strip()
    if not name or len(name) > LONGEST_ID:
        parts = (sender, header(mail, "date"), header(mail, "subject"), text)
        name = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    return Seen(name, sender, origin, header(told, "subject"), _date(mail), text, proven)


def _forwarded(mail: Message) -> Message | None:
    """The mail that was sent on as an attachment; a bounce encloses one too, but that is our own."""
    if mail.get_content_type() == "multipart/report":
        return None
    part = next((part for part in mail.walk() if part.get_content_type() == _INSIDE), None)
    enclosed = part.get_payload() if part else None
    return enclosed[0] if isinstance(enclosed, list) and enclosed and isinstance(enclosed[0], Message) else None


def _text(mail: Message) -> str:
    """The plain part, or the HTML part as plain text where that is missing or empty."""
    parts = [part for part in mail.walk() if not part.is_multipart() and part.get_filename() is None]
    plain_ones = [_decoded(part) for part in parts if part.get_content_type() == "text/plain"]
    text = "\n".join(each for each in plain_ones if each.strip())
    if not text:
        text = "\n".join(plain(_decoded(part)) for part in parts if part.get_content_type() == "text/html")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    return as_text(content, part.get_content_charset() or "utf-8") if isinstance(content, bytes) else ""


def _date(mail: Message) -> str | None:
    with suppress(ValueError, TypeError, OverflowError):
        at: datetime = parsedate_to_datetime(header(mail, "date"))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return None
