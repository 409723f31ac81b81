"""A connection to a mail server: to a permitted address only, encrypted before anything secret is said."""

import imaplib
import socket
import ssl
from typing import Any, Literal

from imap_tools import BaseMailBox

from repmon.errors import SourceRefused
from repmon.http.guard import Guard

Security = Literal["tls", "starttls"]
TIMEOUT = 20.0
"""Seconds for each step of the conversation."""


class _Imap(imaplib.IMAP4):
    """imaplib on our socket: looked up once, guarded, and wrapped in TLS from the first byte where `tls` is given."""

    def __init__(self, host: str, port: int, guard: Guard, tls: ssl.SSLContext | None) -> None:
        self._guard, self._tls = guard, tls
        super().__init__(host, port, TIMEOUT)

    def _create_socket(self, timeout: float | None) -> socket.socket:  # what IMAP4_SSL overrides for its own end, too
        plain = _connected(self.host, self.port, self._guard, timeout)
        if self._tls is None:
            return plain
        try:
            return self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


class MailBox(BaseMailBox):
    """A mailbox of imap-tools on that connection; not logged in yet."""

    def __init__(self, host: str, port: int, security: Security, guard: Guard, tls: ssl.SSLContext) -> None:
        self._place = host, port, guard, (tls if security == "tls" else None)
        super().__init__()
        if security == "starttls":
            self._encrypt(tls)

    def _encrypt(self, tls: ssl.SSLContext) -> None:
        offered = "STARTTLS" in self.client.capabilities
        try:
            if offered:
                self.client.starttls(tls)
        except BaseException:
            self.client.shutdown()
            raise
        if not offered:
            self.client.shutdown()
            raise SourceRefused("mail_not_encrypted", host=self._place[0])

    def _get_mailbox_client(self) -> Any:
        return _Imap(*self._place)


def trusted() -> ssl.SSLContext:
    """The certificates of the system, and those that come with us: a slim image has none of its own."""
    import certifi  # noqa: PLC0415 - read where a mailbox is

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _connected(host: str, port: int, guard: Guard, timeout: float | None) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = guard.permitted(host, list(dict.fromkeys(str(each[4][0]) for each in found)))
    trouble: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as error:
            trouble = error
    raise trouble or OSError("the name has no address")
