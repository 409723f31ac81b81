"""A mailbox as a connector is handed it, out of prepared mails."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from repmon.connector import Auth, Letter, Secret


class Postbox:
    """`repmon.connector.Mail` for tests: these mails, newest first; `notes` is what the connector said."""

    def __init__(self, mails: Sequence[bytes]) -> None:
        self.mails = list(mails)
        self.notes: list[tuple[str, dict[str, object]]] = []
        self.requests = 0

    def letters(
        self, host: str, port: int, user: str, password: Secret | Auth, *, folder: str = "INBOX",  # noqa: ARG002 - there is one mailbox
        senders: Sequence[str] = (), since: timedelta, security: str = "tls",  # noqa: ARG002 - the same
    ) -> Iterator[Letter]:  # fmt: skip
        """Every mail; the newest has the highest number, as on a server."""
        for turn, raw in enumerate(self.mails):
            self.requests += 1
            yield Letter(len(self.mails) - turn, raw)

    def note(self, code: str, **values: object) -> None:
        """Keep what the connector says about this read."""
        self.notes.append((code, values))

    def item_seen(self) -> None:
        """Take notice of an item, as the core's connections do."""
