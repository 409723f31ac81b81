"""Mailboxes: layouts, mails nobody understands, forged ones, odd ones; none is lost and none is believed too much."""
# ruff: noqa: RUF012 - written as the tutorial shows it

import time
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from repmon.connector import OAuth
from repmon.errors import ItemUnreadable
from repmon.steps.reading import guarded_items, read_item
from repmon.testing import ConnectorContract
from repmon.testing.postbox import Postbox
from repmon_connectors._letter import read as read_letter
from repmon_connectors._patterns import Pattern, shipped
from repmon_connectors.mailbox import Mailbox
from tests.connectors.replies import reply
from tests.shared import payload

SETTINGS = {"host": "imap.gmail.com", "user": "owner@aurora.example", "password": "made-up-password"}
REVIEW, RATING_ONLY = reply("mailbox_review.eml"), reply("mailbox_rating_only.eml")
DIGEST = reply("mailbox_digest.eml")


class TestMailbox(ConnectorContract):
    connector = Mailbox
    settings = SETTINGS
    replies = [REVIEW, RATING_ONLY, DIGEST]
    broken = b"no mail at all"
    content_type = "message/rfc822"


def read(*mails: bytes, **settings: object):
    box = Mailbox.model_validate({**SETTINGS, **settings})
    post = Postbox(mails)
    reviews, unreadable = [], []
    for item in guarded_items(box, post, "INBOX"):
        try:
            reviews.append(read_item(box, item))
        except ItemUnreadable as error:
            unreadable.append(error.code)
    return reviews, unreadable, post.notes


def test_a_known_layout_is_a_review_with_its_stars():
    (review,), _unreadable, notes = read(REVIEW)
    assert (review.rating, review.author, review.place) == (2, "Ines Probe", "Trattoria Aurora")
    assert review.text == "The soup was cold.\n\nAnd we waited… forty minutes."
    assert review.id == "<made-up-1@google.com>"
    assert review.written_at == datetime(2025, 3, 2, 10, 0, tzinfo=UTC)
    assert (review.kind, notes) == ("review", [])


def test_a_rating_without_words_is_no_text():
    (review,), *_rest = read(RATING_ONLY)
    assert (review.rating, review.author, review.text) == (5, "Jürgen", None)


def test_a_layout_nobody_knows_is_kept_with_its_whole_text_and_no_stars():
    (review,), _unreadable, notes = read(DIGEST)
    assert (review.kind, review.rating) == ("mention", None)
    assert review.text == "Your week in reviews\n\nAda & two others wrote: lovely evening"
    assert review.title == "Trattoria Aurora, you got 3 new reviews"
    assert ("mailbox_unknown_layout", {"mails": 1}) in notes


@pytest.mark.parametrize("change", [
    (b"mx.google.com;", b"mx.evil.example;"),
    (b"pass", b"fail"),
    (b"header.i=@google.com header.s=made header.b=up", b"header.i=@evil.example"),
    (b"Authentication-Results:", b"X-Results:"),
])  # fmt: skip
def test_a_mail_that_may_be_anybodys_has_no_stars_and_no_link(change: tuple[bytes, bytes]):
    forged = REVIEW.replace(*change).replace(b"dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=google.com", b"")
    (review,), _unreadable, notes = read(forged)
    assert (review.kind, review.rating, review.url) == ("mention", None, None)
    assert review.text.startswith("The soup")
    assert notes == [("mailbox_unproven", {"mails": 1})]


def test_another_servers_findings_count_only_where_it_is_named():
    elsewhere = {"host": "imap.aurora.example"}
    assert read(REVIEW, **elsewhere)[0][0].kind == "mention"
    assert read(REVIEW, **elsewhere, checked_by="mx.google.com")[0][0].kind == "review"


def test_a_forwarded_mail_is_read_but_not_believed():
    quoted = (
        b"From: Dov <dov@aurora.example>\nSubject: Fwd: Ines Probe left a review for Trattoria Aurora\n"
        b"Message-ID: <fwd-1>\n\n---- Forwarded ----\nFrom: Google <businessprofile-noreply@google.com>\n\n"
        + REVIEW.partition(b"\n\n")[2]
    )
    attached = (
        b"From: Dov <dov@aurora.example>\nSubject: Fwd\nMessage-ID: <fwd-2>\nContent-Type: multipart/mixed;\n"
        b' boundary="b"\n\n'
        b"--b\nContent-Type: text/plain\n\nSee below\n--b\nContent-Type: message/rfc822\n\n" + REVIEW + b"\n--b--\n"
    )
    reviews, *_rest = read(quoted, attached, senders=["dov@aurora.example"])
    assert [(one.author, one.kind, one.rating) for one in reviews] == [("Ines Probe", "mention", None)] * 2


def test_several_reviews_in_one_mail_are_told_apart_by_their_turn():
    own = {
        "name": "Own",
        "sender": "hello@shop.example",
        "body": r"(?P<rating>[★☆]+) (?P<author>\w+): (?P<text>[^\n]+)",
    }
    mail = (
        b"From: hello@shop.example\nSubject: Reviews\nMessage-ID: <d@shop>\n\n"
        + "★★☆☆☆ Kim: Slow\n⭐⭐⭐⭐ Ola: Good\n".encode()
    )
    mail += "★★★★★ Ada: Great\n".encode()
    mail = b"Authentication-Results: mx.google.com; dkim=pass header.d=shop.example\n" + mail
    reviews, *_rest = read(mail, patterns=[own])
    assert [(one.id, one.author, one.rating) for one in reviews] == [
        ("<d@shop>#1", "Kim", 2), ("<d@shop>#2", "Ada", 5),
    ]  # fmt: skip


def test_wordpress_mails_are_read_to_their_end():
    mail = (
        b'From: wordpress@aurora.example\nSubject: [Aurora Pasta] Review: "Linguine"\nMessage-ID: <wp-1>\n\n'
        b'New review on the product "Linguine"\nAuthor: Kim Muster (IP address: 192.0.2.7)\nEmail: kim@guests.example\n'
        b"Comment: \nGood pasta.\n\nWill buy again.\n\nYou can see all comments here:\nhttps://aurora.example/x\n"
    )
    (review,), *_rest = read(mail)
    assert (review.author, review.text) == ("Kim Muster", "Good pasta.\n\nWill buy again.")


def test_what_is_no_mail_is_set_aside():
    assert read(b"\x00\x01\x02 nothing")[1] == ["mailbox_no_mail"]


@pytest.mark.parametrize("pattern", ["(?P<stars>x)", "(?<=a)b", "(", ""])
def test_a_pattern_that_cannot_be_used_is_refused(pattern: str):
    with pytest.raises(ValidationError):
        Pattern(name="x", sender="x@y.example", body=pattern)


def test_a_hostile_mail_takes_linear_time():
    mail = (
        b"From: businessprofile-noreply@google.com\nSubject: A left a review for B\n\n"
        + b"You got a new 1-star review\n" * 60_000
    )
    began = time.perf_counter()
    read(mail)
    assert time.perf_counter() - began < 5


def test_a_login_by_oauth_is_handed_on():
    box = Mailbox.model_validate({**SETTINGS, "client_id": "c", "client_secret": "s", "refresh_token": "r"})
    assert isinstance(box._login(), OAuth)
    assert "businessprofile-noreply@google.com" in box._senders()
    assert len(shipped()) >= 2


@pytest.mark.parametrize(("file", "sender", "subject"), [
    ("imap1.eml", "nanashi.gombeh@example.jp", "some subject"),
    ("imap2.eml", "john.doe@example.com", "Re: some subject"),
    ("mail_malformed_2.eml", "postmaster@netpar.com.br", "Delivery failure (abh@netpar.com.br)"),
    ("mail_test_12.eml", "baoguan@hotmail.com", "代开各地增值税发票"),
    ("mail_test_13.eml", "info@continuityinsights.com", "New Webinar: So, You Have A Disaster... Now What?"),
    ("mail_test_19.eml", "bob@example.com", "Test email with email address as display name"),
])  # fmt: skip
def test_recorded_odd_mails_are_kept(file: str, sender: str, subject: str):
    raw = payload(f"imap/{file}")
    seen = read_letter(raw, "")
    assert seen is not None
    assert (seen.sender, seen.subject) == (sender, subject)
    assert "\ufffd" not in seen.text
    (review,), unreadable, _notes = read(raw)
    assert (review.kind, review.rating, unreadable) == ("mention", None, [])


@pytest.mark.parametrize("odd", [
    b"From: =?UTF-8?B?!!!?= <a@b.example>\nSubject: x\n\ny",
    b"From: =?no-such-charset?Q?a?= <a@b.example>\nSubject: \xff\xfe\nDate: soon\n\ny",
    b"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=base64\n\n\xe4",
    b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=none\n\n--none\n\nhalf",
    b"From: a@b.example\nSubject: x\nContent-Transfer-Encoding: base64\n\n####",
    b"From: a@b.example\nSubject: x\nContent-Type: message/rfc822\n\n",
])  # fmt: skip
def test_a_broken_mail_is_still_read(odd: bytes):
    (review,), unreadable, _notes = read(odd)
    assert review.author == "a@b.example"
    assert unreadable == []
