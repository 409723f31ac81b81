"""Mail: Apprise's plugin for addresses, servers and encryption, with a letter of our own in it."""

import smtplib
from typing import Any

from apprise.plugins.email import NotifyEmail
from apprise.plugins.email.base import PGPMode
from apprise.plugins.email.smtp import AppriseSMTPController

from repmon.deliver.letter import letter, sorting
from repmon.steps.messages.message import Message


class Mail(NotifyEmail):
    """`message` is what is sent, as text and HTML. What is to be signed or encrypted stays Apprise's own plain text."""

    message: Message | None = None

    def send(self, body: str, title: str = "", *given: Any, **named: Any) -> bool:
        """Send to the one recipient; True when the server has taken it. What went wrong is in Apprise's log."""
        if self.message is None or len(self.targets) != 1 or self.cc or self.bcc:
            return bool(super().send(body, title, *given, **named))  # type: ignore[no-untyped-call]
        if self.pgp_mode != PGPMode.NONE:
            self.headers |= sorting(self.message, self._sender()[1].rpartition("@")[2])
            return bool(super().send(body, title, *given, **named))  # type: ignore[no-untyped-call]
        return self._send_letter(self.message)

    def _send_letter(self, message: Message) -> bool:
        name, address = (str(part or "") for part in self.targets[0])
        reply_to = tuple((str(self.names.get(each) or ""), str(each)) for each in sorted(self.reply_to))
        mail = letter(message, self._sender(), (name, address), reply_to=reply_to, headers=self.headers)
        try:
            with AppriseSMTPController(
                host=self.smtp_host, port=int(self.port or 0), secure_mode=str(self.secure_mode), user=self.user,
                password=self.password, verify_certificate=self.verify_certificate,
                socket_connect_timeout=self.socket_connect_timeout,
            ) as smtp:  # fmt: skip
                return bool(smtp.sendmail(self._sender()[1], [address], mail.as_string()))
        except (OSError, smtplib.SMTPException, RuntimeError) as problem:
            self.logger.debug("Socket Exception: %s", problem)  # as Apprise does; the outcome is read from its log
            return False

    def _sender(self) -> tuple[str, str]:
        name, address = self.from_addr
        return str(name or ""), str(address)
