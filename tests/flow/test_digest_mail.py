"""A digest as a mail, read by a real mail server and the standard library's parser."""

import email
import email.policy
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from repmon.pipeline import deliver_all, process
from tests.flow.peers import free_port
from tests.flow.site import written
from tests.flow.stage import NOW

MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)


class Kept:
    """The mail a server took."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def mails(stage, board) -> Iterator[list[EmailMessage]]:
    """What the owner's mailbox got; the installation has an old review, and the first digest is due on MONDAY."""
    kept = Kept()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    stage.head = stage.head.replace("digests = false", "digests = true")
    stage.channel("owner", f"mailto://127.0.0.1:{controller.port}/?from=desk@shop.example&to=giulia@shop.example")
    board.show(written("old", NOW - timedelta(days=3), stars=5, text="Lovely evening, wonderful pasta."))
    stage.source("survey", "changed", board).begin().turn()
    yield kept.mails
    controller.stop()


def on_monday(stage, mails) -> EmailMessage:
    stage.now = MONDAY
    process(stage.world)
    mails.clear()
    deliver_all(stage.world)
    [mail] = [each for each in mails if each["Subject"].startswith("Your week")]
    return mail


def test_the_mail_has_the_whole_text_a_page_and_the_chart_inside(stage, board, mails):
    board.show(written("a", NOW + timedelta(days=1), "Cold & wet soup, 2 < 3."))
    stage.now = NOW + timedelta(days=2)
    stage.turn()
    mail = on_monday(stage, mails)
    assert mail["Subject"] == "Your week at Kettle and Crumb: 1 new review, 1 unhappy"
    assert mail["To"] == "giulia@shop.example"
    text, related = mail.iter_parts()
    assert "Waiting for an answer: 1\n- more than 3 days: 1" in text.get_content().replace("\r\n", "\n")
    page, picture = related.iter_parts()
    assert '<img src="cid:chart" alt="The last 8 weeks' in page.get_content()
    assert "Cold &amp; wet soup, 2 &lt; 3." in page.get_content()
    assert picture["Content-ID"] == "<chart>"
    width, _height = struct.unpack(">II", picture.get_content()[16:24])
    assert width > 1000
    assert len(bytes(mail)) < 100_000
    assert not mail.defects


def test_a_quiet_week_s_mail_has_no_picture(stage, mails):
    mail = on_monday(stage, mails)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "A quiet week" in mail.get_body(("html",)).get_content()
