"""A message as mail, to a real server on this machine."""

import email
import email.policy
import socket

import pytest
from pydantic import SecretStr

from repmon.deliver import Target, send, targets
from repmon.steps.message import Message
from tests.deliver.sent import MESSAGE, failure


def mail(port: int, query: str = "from=desk@shop.example&to=giulia@shop.example") -> list[Target]:
    return targets(SecretStr(f"mailto://127.0.0.1:{port}/?{query}"))


def test_a_mail_is_plain_text_with_a_subject_and_one_recipient(mailbox):
    kept, port = mailbox
    send(mail(port)[0], MESSAGE)
    [envelope] = kept.taken
    got = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert envelope.rcpt_tos == ["giulia@shop.example"]
    assert got["Subject"] == MESSAGE.title
    assert got.get_content_type() == "text/plain"
    assert got.get_content().replace("\r\n", "\n").strip() == MESSAGE.body
    assert (got["To"], got["Cc"], got["Bcc"]) == ("giulia@shop.example", None, None)


def test_every_recipient_is_a_target_of_its_own_copies_too(mailbox):
    kept, port = mailbox
    found = mail(port, "from=desk@shop.example&to=a@shop.example,b@shop.example&cc=c@shop.example&bcc=d@shop.example")
    assert len({target.key for target in found}) == len({target.masked for target in found}) == 4
    for target in found:
        send(target, MESSAGE)
    assert sorted(envelope.rcpt_tos for envelope in kept.taken) == [[f"{who}@shop.example"] for who in "abcd"]


def test_a_subject_cannot_add_a_header_or_a_recipient(mailbox):
    kept, port = mailbox
    hostile = Message("Hi\r\nBcc: victim@evil.example\r\n\r\n<script>", "\x0b.\r\n.\r\nMAIL FROM:<x>", "RM-1")
    send(mail(port)[0], hostile)
    [envelope] = kept.taken
    got = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert (got["Bcc"], envelope.rcpt_tos) == (None, ["giulia@shop.example"])
    assert got["Subject"] == "Hi Bcc: victim@evil.example <script>"


@pytest.mark.parametrize(
    ("step", "answer", "permanent"),
    [
        ("at_rcpt", "550 5.1.1 No such mailbox", True), ("at_data", "554 5.7.1 Refused", True),
        ("at_rcpt", "451 4.7.1 Greylisted", False), ("at_data", "452 4.3.1 Out of room", False),
    ],
)  # fmt: skip
def test_a_mail_server_s_no_is_final_or_for_now_as_it_says(mailbox, step, answer, permanent):
    kept, port = mailbox
    setattr(kept, step, answer)
    problem = failure(mail(port)[0])
    assert problem.permanent is permanent
    assert problem.values == {"status": int(answer[:3]), "answer": answer[4:]}
    assert answer[4:] in str(problem)


def test_a_mail_server_that_quotes_the_mail_is_not_quoted(mailbox):
    kept, port = mailbox
    kept.at_data = "554 Spam: The soup was cold, @everyone."
    assert failure(mail(port)[0]).values["answer"] == "Spam: …"


def test_a_mail_server_that_hangs_is_left_after_the_timeout():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        problem = failure(mail(silent.getsockname()[1])[0], timeout=0.3)
    assert (problem.permanent, problem.code) == (False, "delivery_timeout")
