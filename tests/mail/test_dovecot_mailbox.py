"""The connector `mailbox` on a real mail server, through the whole turn: reviews, mails kept aside, and odd ones."""

import time
from functools import cache
from pathlib import Path

import pytest

from repmon.http import Guard
from repmon.mail import Post
from repmon.store.database import Database
from repmon.store.migrate import ensure_schema
from tests.connectors.replies import reply
from tests.flow.stage import Stage
from tests.mail.certificate import trusting
from tests.mail.dovecot import PASSWORD, running
from tests.shared import payload

pytestmark = pytest.mark.slow

WORDPRESS = (
    b'From: wordpress@aurora.example\nSubject: [Aurora Pasta] Review: "Linguine"\nMessage-ID: <wp-1@aurora.example>\n'
    b'Date: Mon, 3 Mar 2025 09:00:00 +0100\n\nNew review on the product "Linguine"\nAuthor: Kim Muster (IP address:'
    b" 192.0.2.7)\nEmail: kim@guests.example\nRating: 1\nComment: \nNever arrived.\n\nYou can see all comments here:\n"
    b"https://aurora.example/x\n"
)
OWN = (
    "From: Aurora Tables <news@tables.example>\nSubject: Two new ratings\nMessage-ID: <t-1@tables.example>\n"
    "Content-Type: text/plain; charset=utf-8\n\n★★☆☆☆ Ola: Slow and loud\n★★★★★ Ada: Great evening\n"
).encode()
STRANGER = b"From: shop@spam.example\nSubject: 5-star offer\nMessage-ID: <s-1@spam.example>\n\nBuy reviews!\n"
LINES = f"""host = "localhost"
user = "mila"
password = "{PASSWORD}"
checked_by = "mx.google.com"
days = 3650
"""
LAYOUT = """[[sources.patterns]]
name = "Aurora Tables"
sender = "news@tables.example"
body = '(?P<rating>[★☆]+) (?P<author>\\w+): (?P<text>[^\\n]+)'
"""


@pytest.fixture
def box(tmp_path_factory, tmp_path: Path, certificate):
    """A Dovecot, a way to put mails into it, and an installation that reads it."""
    with running(tmp_path_factory.mktemp("dovecot"), certificate.parent) as (port, _starttls, maildir):
        stage = Stage(tmp_path, _migrated(tmp_path_factory.getbasetemp() / "mailbox.db"))

        def begin(lines: str = "", layout: str = "") -> Stage:
            stage.source("mails", "mailbox", None, f"{LINES}port = {port}\n{lines}\n{layout}").begin()
            guard = Guard(["127.0.0.1", "::1"])
            post = Post(guard, stage.world.client.access, stage.world.clock, time.monotonic, trusting(certificate))
            stage.world.__dict__["post"] = post
            return stage

        yield begin, maildir
        stage.end()


@cache
def _migrated(file: Path) -> Path:
    """A migrated, empty database, made where there is a server to read."""
    database = Database(f"sqlite:///{file}")
    ensure_schema(database)
    database.close()
    return file


def deliver(maildir: Path, *mails: bytes) -> None:
    for mail in mails:
        number = len([*(maildir / "new").iterdir(), *(maildir / "cur").iterdir()]) + 1
        (maildir / "new" / f"15000000{number:02}.M{number}.quay").write_bytes(mail)


def stored(stage: Stage) -> list[tuple]:
    return stage.rows("SELECT author, kind, rating, text FROM review ORDER BY author, rating")


def test_mails_of_several_sites_become_reviews_and_one_nobody_understands_is_kept(box):
    begin, maildir = box
    deliver(
        maildir,
        WORDPRESS,
        OWN,
        STRANGER,
        *(reply(f"mailbox_{name}.eml") for name in ("review", "rating_only", "digest")),
    )
    stage = begin(layout=LAYOUT)
    outcome = stage.poll()
    assert (outcome.status, outcome.new, outcome.quarantined) == ("ok", 6, 0)
    found = {author: (kind, rating) for author, kind, rating, _text in stored(stage)}
    assert found == {
        "Ines Probe": ("review", 2), "Jürgen": ("review", 5), "Kim Muster": ("mention", None), "Ola": ("mention", None),
        "Ada": ("mention", None), "businessprofile-noreply@google.com": ("mention", None),
    }  # fmt: skip
    assert {code for code, _values in outcome.notes} >= {"mailbox_unknown_layout", "mailbox_unproven"}


def test_a_second_look_finds_what_came_since_and_nothing_twice(box):
    begin, maildir = box
    deliver(maildir, reply("mailbox_review.eml"))
    stage = begin()
    assert stage.poll().new == 1
    assert stage.later(minutes=10).poll().new == 0
    deliver(maildir, reply("mailbox_rating_only.eml"))
    assert stage.later(minutes=10).poll().new == 1
    assert not [each for each in (maildir / "cur").iterdir() if "S" in each.name.rpartition(",")[2]]


@pytest.mark.parametrize(("file", "sender"), [
    ("imap1.eml", "nanashi.gombeh@example.jp"), ("imap2.eml", "john.doe@example.com"),
    ("mail_malformed_2.eml", "postmaster@netpar.com.br"), ("mail_test_12.eml", "baoguan@hotmail.com"),
    ("mail_test_13.eml", "info@continuityinsights.com"), ("mail_test_19.eml", "alice@example.com"),
])  # fmt: skip
def test_recorded_odd_mails_come_through_a_real_server(box, file, sender):
    """Of `alice@… <bob@…>`, which nobody should write, a server takes the first for the sender."""
    begin, maildir = box
    deliver(maildir, payload(f"imap/{file}"))
    outcome = begin(f'senders = ["{sender}"]').poll()
    assert (outcome.status, outcome.new, outcome.quarantined) == ("ok", 1, 0)


def test_a_wrong_password_pauses_the_source(box):
    begin, _maildir = box
    stage = begin()
    stage.sources = [stage.sources[0].replace(PASSWORD, "wrong")]
    post = stage.world.post
    stage.begin().world.__dict__["post"] = post
    assert stage.poll().status == "refused"
