"""The whole pipeline on a temporary database, with a clock that moves when told and waits that take no time."""

import random
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from repmon import discover
from repmon.config import load
from repmon.http import Client
from repmon.pipeline import Outcome, Turn, World, process, turn
from repmon.store.database import Database
from tests import postgres
from tests.flow.peers import Server
from tests.flow.site import CONNECTORS

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HEAD = """
[business]
name = "Kettle and Crumb"
[http]
allow = ["127.0.0.1"]
[alerts]
group = false
per_hour = 0
incidents = false
digests = false
"""


class Stage:
    """One installation. `begin` starts it (again, as after a restart) with what is configured."""

    def __init__(self, folder: Path, migrated: Path, url: str = "") -> None:
        self.folder = folder
        self.file = folder / "repmon.db"
        self.url = url
        """A migrated database on a server, in place of the file."""
        self.now = NOW
        if not url:
            shutil.copy(migrated, self.file)
        self.sources: list[str] = []
        self.channels: list[str] = []
        self.more = ""
        self.head = HEAD
        self.world: World

    def source(self, name: str, connector: str, server: Server | None = None, lines: str = "") -> "Stage":
        """Configure a source."""
        base = f'base_url = "{server.url}"\n' if server else ""
        self.sources.append(f'[[sources]]\nid = "{name}"\nconnector = "{connector}"\n{base}{lines}\n')
        return self

    def channel(self, name: str, *urls: str, lines: str = "") -> "Stage":
        """Configure a channel."""
        self.channels.append(f"[channels.{name}]\nurls = {list(urls)}\n{lines}\n")
        return self

    def begin(self) -> "Stage":
        """Start, or start again, with the configuration as it is now."""
        self.end()
        path = self.folder / "config.toml"
        storage = f'[storage]\nurl = "{self.url}"\n' if self.url else ""
        lines = (storage, self.head, self.more, *self.channels, *self.sources)
        path.write_text("".join(lines), encoding="utf-8")
        path.chmod(0o600)
        settings = load(path, environ={}, connectors={**discover.connectors(), **CONNECTORS})
        database = Database(settings.storage_url())
        self.world = World(settings, database, clock=lambda: self.now, rng=random.Random(7))
        client = Client(
            user_agent="repmon/test",
            clock=lambda: self.now,
            allow=settings.http.allow,
            sleep=lambda _seconds: None,
            vault=self.world.vault,
        )
        self.world.__dict__["client"] = client
        self.world.enter()
        return self

    def end(self) -> None:
        """Let go of the database."""
        if hasattr(self, "world"):
            self.world.client.close()
            self.world.database.close()

    def later(self, **span: float) -> "Stage":
        """Move the clock."""
        self.now += timedelta(**span)
        return self

    def turn(self, *names: str, named: bool = False, send: bool = True) -> Turn:
        """One whole turn of the named sources, or of all."""
        chosen = [each for each in self.world.settings.sources if not names or each.id in names]
        return turn(self.world, chosen, named=named, send=send)

    def poll(self, name: str = "", *, named: bool = False, send: bool = False) -> Outcome:
        """One turn of a source (the first), and what it came to; nothing is sent unless asked for."""
        return self.turn(name or self.world.settings.sources[0].id, named=named, send=send).outcomes[0]

    def process(self) -> None:
        """Take what is stored as far as the outbox."""
        process(self.world)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says; `?` stands for a value."""
        if self.url:
            return postgres.rows(self.url, query, values)
        connection = sqlite3.connect(self.file, timeout=10)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def one(self, query: str, *values: object) -> Any:
        """The single value of a query."""
        return self.rows(query, *values)[0][0]

    def events(self, kind: str = "review.new") -> int:
        """How many events of a kind were raised."""
        number: int = self.one("SELECT count(*) FROM event WHERE kind = ?", kind)
        return number

    def names(self) -> set[str]:
        """The site's ids of all reviews stored."""
        return {row[0] for row in self.rows("SELECT external_id FROM review")}
