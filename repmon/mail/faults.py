"""What a mail server's trouble means: a login it refuses, a folder it has not, or a way to it that is broken."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError, UnexpectedCommandStatusError

from repmon.errors import SourceChanged, SourceDown, SourceError, SourceRefused

LONGEST = 160
_PASSING = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]|too many|try again|temporar", re.IGNORECASE)
"""Refusals that pass by themselves (RFC 5530 §3), and how servers without those codes say so."""


@contextmanager
def named(host: str, step: str) -> Iterator[None]:
    """Give every way in which a mailbox can fail its name; `step` is what was being done: connect, login or read."""
    try:
        yield
    except SourceError:
        raise
    except MailboxFolderSelectError as error:
        found: SourceError = SourceRefused("mail_no_folder", host=host, said=said(error))
    except (imaplib.IMAP4.abort, TimeoutError, EOFError):
        found = SourceDown("mail_broke_off", host=host)
    except ssl.SSLCertVerificationError as error:
        found = SourceRefused("mail_certificate", host=host, reason=error.verify_message or "unknown")
    except (OSError, UnicodeError) as error:  # UnicodeError: a host name too long or empty
        found = SourceDown(
            "mail_no_connection", host=host, reason=getattr(error, "strerror", None) or "not a host name"
        )
    except (imaplib.IMAP4.error, UnexpectedCommandStatusError) as error:
        found = _refused(host, step, error)
    else:
        return
    raise found from None


def said(error: Exception) -> str:
    """What the server said, short and printable."""
    words = error.args[0] if error.args else ""
    if isinstance(error, UnexpectedCommandStatusError):
        words = b" ".join(each for each in error.command_result[1] if isinstance(each, bytes))
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return "".join(char if char.isprintable() else " " for char in text).strip()[:LONGEST]


def _refused(host: str, step: str, error: Exception) -> SourceError:
    words = said(error)
    if _PASSING.search(words):
        return SourceDown("mail_ill", host=host, said=words)
    if step == "login" or isinstance(error, MailboxLoginError):
        return SourceRefused("mail_login_refused", host=host, said=words)
    return SourceChanged("mail_unexpected", host=host, said=words)
