"""A message as a mail: text and HTML beside each other, pictures inside, headers that sort and thread it."""

import re
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid

from repmon.steps.messages.mail_html import mail_html
from repmon.steps.messages.message import Message
from repmon.steps.plain import one_line

Person = tuple[str, str]
"""Name ("" for none) and mail address."""

_ASCII_ONLY = SMTP.clone(cte_type="7bit")
_HEADER_NAME = re.compile(r"[!-9;-~]{1,60}")


def letter(
    message: Message, sender: Person, recipient: Person, *, reply_to: tuple[Person, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> EmailMessage:  # fmt: skip
    """The mail for a message that `defuse` has made safe, to one recipient.

    All mails of one thread refer to the same id below the sender's domain, which programs show as one conversation
    (RFC 5322 §3.6.4). `headers` are the owner's own; they cannot replace ours.
    """
    mail = EmailMessage(policy=_ASCII_ONLY)
    mail["Subject"], mail["From"], mail["To"] = message.title, _address(sender), _address(recipient)
    if reply_to:
        mail["Reply-To"] = [_address(person) for person in reply_to]
    domain = sender[1].rpartition("@")[2]
    mail["Date"], mail["Message-ID"] = localtime(), make_msgid(domain=domain)
    for name, value in {**sorting(message, domain), **_allowed(headers or {})}.items():
        if name not in mail:
            mail[name] = value
    mail.set_content(message.body + "\n")
    cids = tuple(cid for cid, _ in message.pictures)
    mail.add_alternative(message.html or mail_html(message.title, message.body, message.desk, cids), subtype="html")
    _add_pictures(mail, message)
    return mail


def sorting(message: Message, domain: str) -> dict[str, str]:
    """Headers by which mail programs sort: a list to filter by (RFC 2919), no automatic answers (RFC 3834)."""
    root = f"<{message.thread}.repmon@{domain}>" if message.thread else ""
    return {
        "List-Id": f"repmon <repmon.{domain}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        **({"In-Reply-To": root, "References": root} if root else {}),
    }


def _allowed(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: one_line(value, 500) for name, value in headers.items() if _HEADER_NAME.fullmatch(name)}


def _address(person: Person) -> Address:
    local, _, domain = person[1].rpartition("@")
    return Address(display_name=one_line(person[0], 80), username=local, domain=domain)


def _add_pictures(mail: EmailMessage, message: Message) -> None:
    html = mail.get_payload(1)
    if isinstance(html, EmailMessage):
        for cid, picture in message.pictures:
            html.add_related(picture, "image", "png", cid=f"<{cid}>", filename=f"{cid}.png", disposition="inline")
