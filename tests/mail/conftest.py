"""A mail server on this machine, and reads that may use it."""

import time
from datetime import UTC, datetime

import pytest

from repmon.http import Guard
from repmon.mail import MailRead, Post
from tests.mail.certificate import make, trusting
from tests.mail.server import Mailbox, sender

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return make(tmp_path_factory.mktemp("tls"))[0]


@pytest.fixture
def mailbox(certificate):
    with Mailbox(sender(str(certificate.parent))) as server:
        yield server


@pytest.fixture
def plain_mailbox(certificate):
    """Encrypted only after STARTTLS."""
    with Mailbox(sender(str(certificate.parent)), from_the_start=False) as server:
        yield server


@pytest.fixture
def read(certificate):
    """Makes a read; `allow` are the private addresses it may use."""

    def made(allow=("127.0.0.1", "::1"), access=lambda _auth, _refused: "token", **given):
        post = Post(Guard(allow), access, lambda: NOW, time.monotonic, trusting(certificate))
        return MailRead(post, **given)

    return made
