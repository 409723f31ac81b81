"""A running daemon tells the right people, once each, and a dead channel delays nobody."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller

from tests.flow.peers import Sink, free_port


class Mailbox:
    """Keeps what the mail server takes."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.mails: list[bytes] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails.append(envelope.content)
        return "250 OK"

    def holding(self, words: str) -> int:
        return sum(words in _text(mail) for mail in self.mails)


def _text(mail: bytes) -> str:
    parts = message_from_bytes(mail).walk()
    return "\n".join(part.get_payload(decode=True).decode() for part in parts if not part.is_multipart())


@pytest.fixture
def mailbox():
    box = Mailbox(free_port())
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


def _mail(port: int) -> str:
    return f'\n[channels.mail]\nurls = ["mailto://127.0.0.1:{port}?from=repmon@crumb.example&to=owner@crumb.example"]\n'


def test_a_new_unhappy_review_reaches_every_channel_once(place, site, sink, mailbox):
    site.add("old", "It was dreadful long ago.", at=datetime.now(UTC) - timedelta(days=30))
    place.write(site.source(), sink.channel(), _mail(mailbox.port))
    with place.begin() as daemon:
        daemon.until_polled()
        site.add("new", "The soup was cold and nobody cared.")
        site.add("nice", "Lovely place, the cake was great.", stars=5)
        daemon.until(lambda: sink.count("soup was cold") and mailbox.holding("soup was cold"))
        daemon.until_polled(times=len(daemon.events("polled")) + 2)
        assert daemon.stop() == 0
    assert (sink.count("soup was cold"), mailbox.holding("soup was cold")) == (1, 1)
    assert sink.count("dreadful") + sink.count("Lovely") == 0
    assert place.one("SELECT count(*) FROM review") == 3


def test_a_hanging_channel_delays_no_other(place, site, sink):
    with Sink() as dead:
        dead.hangs = True
        place.write(site.source(), dead.channel("first"), sink.channel("second"))
        with place.begin() as daemon:
            daemon.until_polled()
            site.add("a", "The soup was cold.")
            daemon.until(lambda: sink.count("soup was cold"), seconds=9)
            site.add("b", "The tea was stale.")
            daemon.until(lambda: sink.count("tea was stale"), seconds=9)
            assert not dead.messages


@pytest.mark.slow
def test_an_alert_whose_sending_was_not_recorded_is_sent_once_more(place, site, sink):
    place.write(site.source(), sink.channel())
    with place.begin() as daemon:
        daemon.until_polled()
        sink.on_message = lambda text: daemon.popen.kill() if "soup" in text else None
        site.add("a", "The soup was cold.")
        site.add("b", "The tea was stale.")
        daemon.wait()
    sink.on_message = lambda _text: None
    with place.begin() as daemon:
        daemon.until(lambda: sink.count("tea was stale") and sink.count("soup was cold") > 1)
        assert daemon.events("the last run ended without stopping")
        assert daemon.stop() == 0
    assert (sink.count("soup was cold"), sink.count("tea was stale")) == (2, 1)


@pytest.mark.slow
def test_a_restart_keeps_the_backoff_of_deliveries_and_of_sources(place, site, sink):
    place.write(site.source(), sink.channel())
    sink.status = 503
    with place.begin() as daemon:
        daemon.until_polled()
        site.add("a", "The soup was cold.")
        daemon.until(lambda: place.one("SELECT count(*) FROM attempt"))
        site.status = (429, {"retry-after": "3600"})
        daemon.until_polled(status="busy")
        daemon.stop()
    later = (datetime.now(UTC) + timedelta(hours=1)).replace(tzinfo=None).isoformat(sep=" ")
    place.rows("UPDATE delivery SET next_attempt_at = ? WHERE state = 'pending' RETURNING id", later)
    place.rows("UPDATE target SET open_until = ? RETURNING key", later)
    asked, tried = len(site.requests), place.one("SELECT count(*) FROM attempt")
    with place.begin() as daemon:
        daemon.until_polled(status="busy", times=3)
        daemon.stop()
    assert len(site.requests) == asked
    assert place.one("SELECT count(*) FROM attempt") == tried
