"""The connections that are handed in: the HTTP client, files, a mailbox, an event that was sent to us."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, Protocol

from repmon.connector.auth import Auth, Secret


class Answer(Protocol):
    """What a site answered, read whole, capped in size and unpacked. Status is below 400: others were raised."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def url(self) -> str:
        """Where the answer came from, after redirects."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, their names in any case."""

    @property
    def content(self) -> bytes:
        """The body as bytes."""

    def json(self) -> Any:
        """The body as JSON; SourceChanged when it is anything else (HTML, empty, cut off, absurdly deep)."""

    def text(self) -> str:
        """The body as text in the declared encoding; bytes that do not fit it are replaced."""


class Http(Protocol):
    """The one HTTP client, handed in: paced, retried, capped and guarded. Raises only SourceError kinds."""

    def get(
        self, url: str, *, params: Mapping[str, str | int] | None = None, headers: Mapping[str, str] | None = None,
        auth: Auth | None = None,
    ) -> Answer:  # fmt: skip
        """Ask; tried again when the site is ill for a moment."""

    def post(
        self, url: str, *, json: object = None, form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None, auth: Auth | None = None,
    ) -> Answer:  # fmt: skip
        """Send once; tried again only where no connection could be made."""

    def put(
        self, url: str, *, json: object = None, headers: Mapping[str, str] | None = None, auth: Auth | None = None,
    ) -> Answer:  # fmt: skip
        """Send once; tried again only where no connection could be made."""

    def delete(self, url: str, *, headers: Mapping[str, str] | None = None, auth: Auth | None = None) -> Answer:
        """Send once; tried again only where no connection could be made."""

    def rest(self, seconds: float) -> None:
        """The site asks for patience inside a good answer: the next request of this read waits so long, if one comes.

        A rest of more than a minute ends the read at that request, and the source comes back after it.
        """

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this read (a documented empty answer); shown with the source."""


class Files(Protocol):
    """The files a source may read; paths are relative to the configuration file."""

    def names(self, path: str) -> list[str]:
        """The file itself, or the finished files of a folder, sorted; SourceRefused when there is no such path."""

    def read(self, name: str) -> bytes:
        """The whole file, capped in size; SourceDown when it cannot be read now."""

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this read (a last line still being written); shown with the source."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as the server keeps it: its raw bytes, and the unique number that the folder gave it."""

    uid: int
    raw: bytes


class Mail(Protocol):
    """The mailbox a source may look into; nothing in it is changed or marked as read."""

    def letters(
        self, host: str, port: int, user: str, password: Secret | Auth, *, folder: str = "INBOX",
        senders: Sequence[str] = (), since: timedelta, security: Literal["tls", "starttls"] = "tls",
    ) -> Iterator[Letter]:  # fmt: skip
        """Mails of these senders, newest first, lazily, each capped in size. Raises only SourceError kinds.

        `password` may be an OAuth or other token kind instead: then XOAUTH2 is spoken.
        """

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this read; shown with the source."""


class Pushed(Protocol):
    """One event that was sent to us, its signature checked already: what `items` of a `push` connector is handed."""

    @property
    def body(self) -> bytes:
        """The event as it came."""

    @property
    def headers(self) -> Mapping[str, str]:
        """What came with it and may matter, names in lower case; never a signature."""

    def json(self) -> Any:
        """The body as JSON; SourceChanged when it is anything else."""

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this event (one that is no review)."""
