"""A mailbox is read over TLS alone, newest first, without changing anything; every failure has its type."""

import socket
import time
from base64 import b64decode
from datetime import timedelta

import pytest
from pydantic import SecretStr

from repmon.connector import ClientCredentials
from repmon.errors import SourceChanged, SourceDown, SourceRefused
from repmon.http import Guard
from repmon.mail import MailRead, Post
from repmon.mail.read import MAX_BYTES
from tests.mail.conftest import NOW

PASSWORD = SecretStr('hush "hush" \\')
MONTH = timedelta(days=30)


def letters(read, server, **given):
    told = {"password": PASSWORD, "since": MONTH, **given}
    return list(read.letters("localhost", server.port, "mila@quay.example", **told))


def test_mails_come_newest_first_with_their_bytes_and_number(read, mailbox):
    mailbox.mails = {3: b"Subject: three\r\n\r\nold", 12: b"Subject: twelve\r\n\r\nnew"}
    assert [(each.uid, each.raw[-3:]) for each in letters(read(), mailbox)] == [(12, b"new"), (3, b"old")]


def test_nothing_in_the_mailbox_is_changed(read, mailbox):
    mailbox.mails = {1: b"Subject: one\r\n\r\n"}
    letters(read(), mailbox, folder="Reseñas & more")
    said = " ".join(mailbox.commands)
    assert 'EXAMINE "Rese&APE-as &- more"' in said
    assert "BODY.PEEK[]" in said
    assert not [word for word in ("SELECT", "STORE", "EXPUNGE", "CLOSE", "BODY[]") if word in said]
    assert mailbox.commands[-1] == "LOGOUT"


def test_the_server_is_asked_for_these_senders_and_days_only(read, mailbox):
    letters(read(), mailbox, senders=["a@site.example", "b@site.example"])
    search = next(each for each in mailbox.commands if each.startswith("UID SEARCH"))
    assert 'FROM "a@site.example"' in search
    assert 'FROM "b@site.example"' in search
    assert "SINCE 30-Jan-2026" in search


def test_a_mail_that_is_too_large_is_cut_and_that_is_said(read, mailbox):
    mailbox.mails = {5: b"Subject: large\r\n\r\n" + b"x" * (MAX_BYTES + 10)}
    reading = read()
    found = letters(reading, mailbox)
    assert len(found[0].raw) == MAX_BYTES
    assert [(code, values["uid"]) for code, values in reading.notes] == [("mail_cut", 5)]


def test_mails_are_fetched_one_by_one_as_they_are_wanted(read, mailbox):
    mailbox.mails = dict.fromkeys(range(1, 251), b"Subject: x\r\n\r\n")
    reading = read()
    taken = reading.letters("localhost", mailbox.port, "m", PASSWORD, since=MONTH)
    next(taken)
    assert len([each for each in mailbox.commands if "PEEK" in each]) == 1
    taken.close()
    assert len(letters(reading, mailbox)) == 250


def test_a_mail_that_went_meanwhile_is_passed_over(read, mailbox):
    mailbox.mails = {1: b"Subject: one\r\n\r\n"}
    mailbox.says = lambda tag, said: b"* SEARCH 1 2\r\n" + f"{tag} OK done\r\n".encode() if "SEARCH" in said else None
    assert [each.uid for each in letters(read(), mailbox)] == [1]


def test_starttls_comes_before_the_password(read, plain_mailbox):
    plain_mailbox.mails = {1: b"Subject: one\r\n\r\n"}
    assert len(letters(read(), plain_mailbox, security="starttls")) == 1
    commands = [each.split()[0] for each in plain_mailbox.commands]
    assert commands.index("STARTTLS") < commands.index("LOGIN")


def test_a_server_without_encryption_hears_no_password(read, plain_mailbox):
    plain_mailbox.starttls = False
    with pytest.raises(SourceRefused) as caught:
        letters(read(), plain_mailbox, security="starttls")
    assert caught.value.code == "mail_not_encrypted"
    assert not [each for each in plain_mailbox.commands if "LOGIN" in each]


def test_a_certificate_nobody_vouches_for_ends_it_before_anything_is_said(mailbox):
    post = Post(Guard(["127.0.0.1", "::1"]), lambda _auth, _old: "", lambda: NOW, time.monotonic)
    with pytest.raises(SourceRefused) as caught:
        letters(MailRead(post), mailbox)
    assert caught.value.code == "mail_certificate"
    assert mailbox.commands == []


def test_a_private_address_is_refused_unless_it_is_allowed(read, mailbox):
    with pytest.raises(SourceRefused) as caught:
        letters(read(allow=()), mailbox)
    assert caught.value.code == "address_refused"


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (b"NO [AUTHENTICATIONFAILED] Invalid credentials\r\n", SourceRefused, "mail_login_refused"),
        (b"NO [UNAVAILABLE] Try later\r\n", SourceDown, "mail_ill"),
        (b"NO [ALERT] Too many simultaneous connections.\r\n", SourceDown, "mail_ill"),
        (b"BAD what\r\n", SourceRefused, "mail_login_refused"),
    ],
)
def test_a_login_that_is_not_taken_is_a_refusal_unless_it_passes(answer, kind, code, *, read, mailbox):
    mailbox.says = lambda tag, said: tag.encode() + b" " + answer if said.startswith("LOGIN") else None
    with pytest.raises(kind) as caught:
        letters(read(), mailbox)
    assert caught.value.code == code
    assert "hush" not in f"{caught.value} {caught.value.values}"


@pytest.mark.parametrize(
    ("command", "answer", "kind", "code"),
    [
        ("EXAMINE", b"NO no such mailbox\r\n", SourceRefused, "mail_no_folder"),
        ("UID SEARCH", b"BAD syntax\r\n", SourceChanged, "mail_unexpected"),
        ("UID FETCH", b"NO [SERVERBUG] oops\r\n", SourceDown, "mail_ill"),
        ("UID SEARCH", b"and gone", SourceDown, "mail_broke_off"),
        ("UID FETCH", b"OK {", SourceDown, "mail_broke_off"),
    ],
)
def test_every_other_trouble_has_its_type(command, answer, kind, code, *, read, mailbox):
    mailbox.mails = {1: b"Subject: one\r\n\r\n"}
    mailbox.says = lambda tag, said: tag.encode() + b" " + answer if said.startswith(command) else None
    with pytest.raises(kind) as caught:
        letters(read(), mailbox)
    assert caught.value.code == code


def test_a_server_that_is_not_there_is_down(read):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(SourceDown) as caught:
        list(read().letters("localhost", port, "m", PASSWORD, since=MONTH))
    assert caught.value.code == "mail_no_connection"


def test_a_token_is_spoken_as_xoauth2_and_replaced_once_when_refused(read, mailbox):
    asked = []

    def access(_auth, refused):
        asked.append(refused)
        return f"t{len(asked)}"

    tries = []

    def once(tag, said):
        if said.startswith("AUTHENTICATE"):
            tries.append(said)
            return tag.encode() + b" NO expired\r\n" if len(tries) == 1 else None
        return None

    mailbox.says = once
    auth = ClientCredentials("https://login.example/token", "c", SecretStr("s"))
    letters(read(access=access), mailbox, password=auth)
    assert asked == ["", "t1"]
    said = b64decode(next(each for each in mailbox.commands if each.startswith("dXNlcj")))
    assert said == b"user=mila@quay.example\x01auth=Bearer t2\x01\x01"


def test_a_stopping_repmon_leaves_at_the_next_mail(read, mailbox):
    mailbox.mails = {1: b"Subject: one\r\n\r\n"}
    with pytest.raises(SourceDown) as caught:
        letters(read(cancelled=lambda: True), mailbox)
    assert caught.value.code == "stopping"
