"""What the checks stand on: the author's settings and replies, a site or a folder to read them from, and one read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest

from repmon.connector import Connector, Item, SiteReview
from repmon.errors import ItemUnreadable, SourceError
from repmon.http import Client
from repmon.http.pushed import Event
from repmon.http.read import Read
from repmon.steps.reading import guarded_items, read_item
from repmon.testing.folder import Folder
from repmon.testing.postbox import Postbox
from repmon.testing.site import Asked, Reply, Site, running

MOST_REQUESTS = 60
SPEED = 1000.0  # calls a second: nobody is there to be spared
FILE = "replies"
Door = Read | Folder | Postbox | Event


@dataclass
class Outcome:
    """What one read gave. `requests_at` holds how many requests had been made when each item came."""

    items: list[Item] = field(default_factory=list)
    reviews: list[SiteReview] = field(default_factory=list)
    unreadable: list[ItemUnreadable] = field(default_factory=list)
    error: SourceError | None = None
    requests_at: list[int] = field(default_factory=list)
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)


class Bench:
    """What an author fills in, and how the checks use it."""

    connector: ClassVar[type[Connector]]
    """The class under test."""
    settings: ClassVar[Mapping[str, Any]]
    """Its settings; `{site}` stands for the address of the local site, `{file}` for the file with the replies."""
    replies: ClassVar[Sequence[Any]]
    """One listing as the site gives it, page by page: bytes, or anything JSON can say; `{site}` as above. Past the
    last page the last one is given again, unless the connector knows that it was the last. Of a mailbox each is one
    mail, newest first; of what is pushed only the first counts."""
    content_type: ClassVar[str] = "application/json"
    broken: ClassVar[Any] = None
    """The first page with one of its items damaged; needed only where the check cannot damage one itself."""
    posted: ClassVar[Any] = {}
    """What the site answers to a reply; needed only where the connector looks into that answer."""
    one: ClassVar[Any] = None
    """What the site answers when asked about the first review of `replies`; needed only with `recheck`."""
    forgives: ClassVar[frozenset[str]] = frozenset()
    """Faults (their names in `faults.py`) that this format can be read through; then a note must say so."""

    site: ClassVar[Site]
    client: ClassVar[Client]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _site_and_client(cls) -> Iterator[None]:
        cls.client = Client(user_agent="repmon-contract", clock=_now, allow=["127.0.0.1"], sleep=_no)
        with running() as cls.site:
            yield
        cls.client.close()

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.root = tmp_path

    @property
    def over_http(self) -> bool:
        """Tell whether it asks a site, or reads files, mails or events."""
        return self.connector.door == "http"

    def made(self, **changes: object) -> Connector:
        """Build the connector, its address pointing at the local site."""
        return self.connector.model_validate(self._filled({**self.settings, **changes}))

    def door(self, replies: Sequence[Any] | None = None) -> Door:
        """Open a connection that gives these replies, by default the author's: a site, a folder, mails, or an event."""
        pages = [self._bytes(page) for page in (self.replies if replies is None else replies)]
        if self.connector.door == "mail":
            return Postbox(pages)
        if self.connector.door == "push":
            return Event(pages[0], {"content-type": self.content_type})
        if not self.over_http:
            for number, page in enumerate(pages):
                (self.root / f"{FILE}{number or ''}").write_bytes(page)
            return Folder(self.root)
        self.answers(*(Reply(page, headers={"content-type": self.content_type}) for page in pages))
        return self.client.read(calls_per_second=SPEED)

    def answers(self, *replies: Reply) -> None:
        """Let the site give these replies, one a request, the last for ever; until it has had enough."""

        def answer(_asked: Asked, number: int) -> Reply:
            return replies[min(number, len(replies) - 1)] if number < MOST_REQUESTS else Reply(status=404)

        self.site.asked.clear()
        self.site.answer = answer

    def read(self, door: Door | None = None, connector: Connector | None = None) -> Outcome:
        """Read the first listing to its end or its error, as the core does."""
        connector = connector or self.made()
        door = door or self.door()
        outcome = Outcome(notes=door.notes)
        try:
            for item in guarded_items(connector, door, connector.listings()[0]):
                door.item_seen()
                outcome.requests_at.append(door.requests)
                outcome.items.append(item)
                self._take(connector, item, outcome)
        except SourceError as error:
            outcome.error = error
        return outcome

    @staticmethod
    def _take(connector: Connector, item: Item, outcome: Outcome) -> None:
        try:
            outcome.reviews.append(read_item(connector, item))
        except ItemUnreadable as error:
            outcome.unreadable.append(error)

    def _filled(self, setting: Any) -> Any:
        if isinstance(setting, str):
            return setting.replace("{site}", self.site.url).replace("{file}", FILE)
        if isinstance(setting, Mapping):
            return {name: self._filled(value) for name, value in setting.items()}
        return [self._filled(value) for value in setting] if isinstance(setting, list) else setting

    def _bytes(self, page: Any) -> bytes:
        text = page if isinstance(page, bytes) else json.dumps(page, ensure_ascii=False).encode()
        return text.replace(b"{site}", self.site.url.encode())


def _now() -> datetime:
    return datetime.now(UTC)


def _no(_seconds: float) -> None:
    """Do not wait: the checks ask what is done, not how patiently."""
