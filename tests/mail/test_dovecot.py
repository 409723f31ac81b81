"""Against a real mail server: nothing is marked as read, folders with odd names, senders and days, STARTTLS."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from pydantic import SecretStr

from repmon.errors import SourceRefused
from tests.mail.dovecot import PASSWORD, running

pytestmark = pytest.mark.slow
YEARS = timedelta(days=4000)


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory, certificate):
    with running(tmp_path_factory.mktemp("dovecot"), certificate.parent) as (port, starttls, maildir):
        for number in range(1, 4):
            _deliver(maildir, number, f"review{number % 2}@site.example")
        yield port, starttls, maildir


def _deliver(maildir, number, sender):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = f"Reviews <{sender}>", f"Review {number} of Señora Núñez"
    mail.set_content("You got a new 2-star review\n")
    (maildir / "new" / f"150000000{number}.M{number}.quay").write_bytes(mail.as_bytes())


def read_all(read, port, **given):
    return list(read().letters("localhost", port, "mila", SecretStr(PASSWORD), since=YEARS, **given))


def test_mails_are_read_newest_first_and_stay_unread(dovecot, read):
    port, _, maildir = dovecot
    assert [each.uid for each in read_all(read, port)] == [3, 2, 1]
    assert not [path for path in (maildir / "cur").iterdir() if path.name.rpartition(",")[2].count("S")]


def test_only_mails_of_the_senders_are_read(dovecot, read):
    assert [each.uid for each in read_all(read, dovecot[0], senders=["review1@site.example"])] == [3, 1]
    both = ["review1@site.example", "review0@site.example"]
    assert len(read_all(read, dovecot[0], senders=both)) == 3


def test_starttls_works_too(dovecot, read):
    assert len(read_all(read, dovecot[1], security="starttls")) == 3


@pytest.mark.parametrize("folder", ["Reseñas", "no such folder"])
def test_a_folder_that_is_not_there_is_a_refusal(dovecot, read, folder):
    with pytest.raises(SourceRefused) as caught:
        read_all(read, dovecot[0], folder=folder)
    assert caught.value.code == "mail_no_folder"


def test_a_wrong_password_is_a_refusal(dovecot, read):
    with pytest.raises(SourceRefused) as caught:
        list(read().letters("localhost", dovecot[0], "mila", SecretStr("wrong"), since=YEARS))
    assert caught.value.code == "mail_login_refused"
