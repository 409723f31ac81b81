"""The mailbox that a connector is handed for one read: looked into, never changed."""

import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from pydantic import SecretStr

from repmon.connector import Auth, Letter
from repmon.errors import SourceDown, SourceRefused
from repmon.http.guard import Guard

MAX_BYTES = 2 * 2**20
"""What is read of one mail; the rest of a larger one is attachments, as a rule."""
AT_ONCE = 100
LONGEST = 300.0
"""Seconds that one read of a mailbox may take in all."""
_SIZE = re.compile(rb"UID (\d+)[^)]*RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+)[^)]*UID (\d+)")

Access = Callable[[Auth, str], str]
"""Gives an access token; the second argument is one that was just refused, "" at first."""


@dataclass(frozen=True)
class Post:
    """What all reads share: which addresses may be used, the certificates to trust, and who gives access tokens."""

    guard: Guard
    access: Access
    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    certificates: ssl.SSLContext | None = None

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """The certificates in use."""
        from repmon.mail.connect import trusted  # noqa: PLC0415 - imap-tools is for those who have a mailbox

        return self.certificates or trusted()


class MailRead:
    """`repmon.connector.Mail` for one read of one listing; for one thread. `requests` counts what was fetched."""

    def __init__(self, post: Post, *, cancelled: Callable[[], bool] = lambda: False) -> None:
        self._post, self._cancelled = post, cancelled
        self.requests = 0
        self.notes: list[tuple[str, dict[str, object]]] = []
        self.validators: dict[str, str] = {}

    def letters(
        self, host: str, port: int, user: str, password: SecretStr | Auth, *, folder: str = "INBOX",
        senders: Sequence[str] = (), since: timedelta, security: str = "tls",
    ) -> Iterator[Letter]:  # fmt: skip
        """Mails that came in the last `since`, newest first; a larger one than MAX_BYTES is cut, and a note says so."""
        from repmon.mail.connect import MailBox  # noqa: PLC0415 - as above
        from repmon.mail.faults import named  # noqa: PLC0415 - as above

        until = self._post.monotonic() + LONGEST
        with named(host, "connect"):
            if security not in ("tls", "starttls"):
                raise SourceRefused("mail_not_encrypted", host=host)
            box = MailBox(host, port, security, self._post.guard, self._post.tls)  # type: ignore[arg-type]
        try:
            with named(host, "login"):
                self._log_in(box, user, password)
            with named(host, "read"):
                box.folder.set(folder, readonly=True)
                numbers = box.uids(_criteria(senders, self._post.clock() - since), charset=None)
            newest_first = sorted({int(number) for number in numbers}, reverse=True)
            for start in range(0, len(newest_first), AT_ONCE):
                yield from self._some(box, host, newest_first[start : start + AT_ONCE], until)
        finally:
            with suppress(Exception):  # it is over either way, and what matters was said
                box.logout()
            with suppress(Exception):  # logging out does not close what broke
                box.client.shutdown()

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this read."""
        self.notes.append((code, values))

    def item_seen(self) -> None:
        """Nothing to watch: a mailbox is as long as it is."""

    def _log_in(self, box: Any, user: str, password: SecretStr | Auth) -> None:
        if isinstance(password, SecretStr):
            box.login(user, password.get_secret_value(), initial_folder=None)
            return
        token = self._post.access(password, "")
        try:
            box.xoauth2(user, token, initial_folder=None)
        except box.client.error:  # the token may have been withdrawn before its time: one more is asked for
            box.xoauth2(user, self._post.access(password, token), initial_folder=None)

    def _some(self, box: Any, host: str, numbers: Sequence[int], until: float) -> Iterator[Letter]:
        from repmon.mail.faults import named  # noqa: PLC0415 - as above

        self.requests += 1
        with named(host, "read"):
            sizes = _sizes(_fetched(box, ",".join(map(str, numbers)), "RFC822.SIZE"))
        for number in numbers:
            if self._cancelled():
                raise SourceDown("stopping")
            if self._post.monotonic() > until:
                raise SourceDown("mail_too_slow", host=host, seconds=LONGEST)
            with named(host, "read"):
                raw = _body(_fetched(box, str(number), f"BODY.PEEK[]<0.{MAX_BYTES}>"))
            if raw is None:
                continue  # deleted since it was listed
            if sizes.get(number, 0) > MAX_BYTES:
                self.note("mail_cut", uid=number, size=sizes[number], limit=MAX_BYTES)
            yield Letter(number, raw)


def _criteria(senders: Sequence[str], since: datetime) -> str:
    """RFC 9051 §6.4.4. A sender is a text in the From header; the day is the server's own, so one more is asked for."""
    from imap_tools import AND, OR  # noqa: PLC0415 - as above

    day = (since - timedelta(days=1)).date()
    if not senders:
        return str(AND(date_gte=day))
    if len(senders) == 1:
        return str(AND(from_=senders[0], date_gte=day))
    return str(AND(OR(from_=list(senders)), date_gte=day))


def _fetched(box: Any, numbers: str, what: str) -> Sequence[Any]:
    status, data = box.client.uid("FETCH", numbers, f"({what})")
    if status != "OK":
        raise box.client.error(data[0] if data else b"")
    return data  # type: ignore[no-any-return]


def _sizes(data: Sequence[Any]) -> dict[int, int]:
    found: dict[int, int] = {}
    for line in data:
        text = line[0] if isinstance(line, tuple) else line
        match = _SIZE.search(text or b"")
        if match:
            uid, size, size_first, uid_after = match.groups()
            found[int(uid or uid_after)] = int(size or size_first)
    return found


def _body(data: Sequence[Any]) -> bytes | None:
    """The literal of a FETCH answer; None where there is none."""
    return next((part[1] for part in data if isinstance(part, tuple) and isinstance(part[1], bytes)), None)
