"""A message as mail, to a real server on this machine."""

import email
import email.policy
import socket
from dataclasses import replace
from email.message import EmailMessage

import pytest
from pydantic import SecretStr

from repmon.deliver import Target, send, targets
from repmon.steps.messages.message import Message, render
from tests.deliver.sent import MESSAGE, failure
from tests.steps.event import NOW, review, unhappy

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def mail(port: int, query: str = "from=desk@shop.example&to=giulia@shop.example") -> list[Target]:
    return targets(SecretStr(f"mailto://127.0.0.1:{port}/?{query}"))


def read(kept) -> EmailMessage:
    return email.message_from_bytes(kept.taken[-1].content, policy=email.policy.default)


def test_a_mail_has_a_subject_one_recipient_and_the_whole_message_as_text(mailbox):
    kept, port = mailbox
    send(mail(port)[0], MESSAGE)
    got = read(kept)
    assert kept.taken[-1].rcpt_tos == ["giulia@shop.example"]
    assert got["Subject"] == MESSAGE.title
    assert got.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in got.iter_parts()] == ["text/plain", "text/html"]
    assert got.get_body(("plain",)).get_content().replace("\r\n", "\n") == f"{MESSAGE.body}\n"
    assert (got["To"], got["Cc"], got["Bcc"]) == ("giulia@shop.example", None, None)
    assert got["From"] == "desk@shop.example"
    assert not got.defects


def test_a_mail_says_that_a_machine_wrote_it_and_where_it_belongs(mailbox):
    kept, port = mailbox
    first, second, other = (replace(MESSAGE, thread=thread) for thread in ("abc", "abc", "def"))
    found = []
    for message in (first, second, other):
        send(mail(port)[0], message)
        found.append(read(kept))
    assert {got["Auto-Submitted"] for got in found} == {"auto-generated"}
    assert {got["List-Id"] for got in found} == {"repmon <repmon.shop.example>"}
    assert len({got["Message-ID"] for got in found}) == 3
    assert found[0]["References"] == found[0]["In-Reply-To"] == found[1]["References"] != found[2]["References"]
    assert all(got["Message-ID"].endswith("@shop.example>") and got["Date"].datetime for got in found)


def test_the_mails_about_one_review_are_one_conversation():
    new, edited = unhappy(), unhappy(kind="review.edited", key="review.edited:r1:2")
    one, two, elsewhere = (
        render(event, now=NOW, desk_url=None, limit=None)
        for event in (new, edited, unhappy(review=review(external_id="r2")))
    )
    assert one.thread == two.thread != elsewhere.thread
    assert "r1" not in one.thread


def test_a_message_that_belongs_to_nothing_refers_to_nothing(mailbox):
    kept, port = mailbox
    send(mail(port)[0], MESSAGE)
    assert (read(kept)["References"], read(kept)["In-Reply-To"]) == (None, None)


def test_pictures_go_along_inside_the_html(mailbox):
    kept, port = mailbox
    html = '<!doctype html><p>Stars</p><img src="cid:stars" alt="4.1 stars">'
    send(mail(port)[0], replace(MESSAGE, html=html, pictures=(("stars", PNG),)))
    text, related = read(kept).iter_parts()
    assert text.get_content_type() == "text/plain"
    assert related.get_content_type() == "multipart/related"
    page, picture = related.iter_parts()
    assert page.get_content().strip() == html
    assert (picture["Content-ID"], picture.get_content_type(), picture.get_content()) == ("<stars>", "image/png", PNG)
    assert picture.get_content_disposition() == "inline"


def test_pictures_without_a_page_of_their_own_stand_in_ours(mailbox):
    kept, port = mailbox
    send(mail(port)[0], replace(MESSAGE, pictures=(("stars", PNG),)))
    assert 'src="cid:stars"' in read(kept).get_body(("html",)).get_content()


def test_services_of_text_alone_take_the_text(hook):
    send(hook.target(), replace(MESSAGE, html="<p>x", pictures=(("stars", PNG),)))
    assert hook.got[0][1]["message"] == MESSAGE.body
    assert hook.got[0][1]["attachments"] == []


def test_the_owner_s_own_headers_and_reply_address_are_kept(mailbox):
    kept, port = mailbox
    query = (
        "from=Desk<desk@shop.example>&to=giulia@shop.example&reply=office@shop.example&%2BX-Team=night&%2BList-Id=mine"
    )
    send(mail(port, query)[0], MESSAGE)
    got = read(kept)
    assert (got["X-Team"], got["Reply-To"], got["From"]) == ("night", "office@shop.example", "Desk <desk@shop.example>")
    assert got["List-Id"] == "mine"


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
