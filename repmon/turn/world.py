"""What every step is handed: settings, database, connections, clock and chance; nothing is reached for globally."""

import hashlib
import random
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from pydantic import SecretStr

from repmon import __version__
from repmon.config import Settings, Source
from repmon.deliver import Target, targets
from repmon.errors import DeliveryError
from repmon.http import Client, Guard
from repmon.mail import Post
from repmon.steps.drafting.templates import Packs, load_packs
from repmon.store import keys, outbox, sources
from repmon.store.claims import claimant
from repmon.store.database import Database
from repmon.turn.vault import SealedVault


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def _nobody_asks(_source: str) -> bool:
    return False


@dataclass
class World:
    """One running repmon. `stopping` is set once, by a signal; long work looks at it between rows."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime] = utc_now
    rng: random.Random = field(default_factory=random.SystemRandom)
    stopping: threading.Event = field(default_factory=threading.Event)
    outbox_filled: threading.Event = field(default_factory=threading.Event)
    who: str = field(default_factory=claimant)
    processing: threading.Lock = field(default_factory=threading.Lock)
    """Held by the one thread that understands, drafts and routes."""
    ask_soon: Callable[[str], bool] = _nobody_asks
    """Has the schedule ask a source now, by its name; false where no daemon runs in this process."""

    @cached_property
    def client(self) -> Client:
        """The one HTTP client; `enter` makes it before there are threads that could make two."""
        http = self.settings.http
        return Client(
            allow=http.allow, proxy=http.proxy, user_agent=f"repmon/{__version__}", clock=self.clock,
            sleep=self._sleep, vault=self.vault,
        )  # fmt: skip

    @cached_property
    def post(self) -> Post:
        """What reads of mailboxes share."""
        guard = Guard(self.settings.http.allow)
        return Post(guard, self.client.access, self.clock, time.monotonic)

    @cached_property
    def vault(self) -> SealedVault:
        """Where access tokens are kept."""
        return SealedVault(self.settings, self.database, self.clock)

    @cached_property
    def packs(self) -> Packs:
        """The reply templates, shipped and own; loaded when the first draft is due."""
        return load_packs(self.settings.replies.packs)

    @cached_property
    def channels(self) -> dict[str, list[Target]]:
        """The targets of each configured channel; addresses Apprise cannot read are left out, and named by `check`."""
        return {name: _readable(channel.urls) for name, channel in self.settings.channels.items()}

    @cached_property
    def targets(self) -> dict[str, Target]:
        """Every target by its key."""
        return {target.key: target for each in self.channels.values() for target in each}

    def enter(self) -> None:
        """Make the database follow the configuration: sources and targets get their rows."""
        now = self.clock()
        if any(source.settings.door in {"http", "mail"} for source in self.settings.sources):
            _ = self.client
            self.vault.ensure_key()
        with self.database.write() as session:
            sources.sync(session, [_columns(source) for source in self.settings.sources], now)
            for channel, those in self.channels.items():
                for target in those:
                    outbox.know_target(session, target.key, target.masked, channel)
            if self.settings.web.url:
                keys.ensure_signing_key(session, secrets.token_urlsafe(32), now)

    def _sleep(self, seconds: float) -> None:
        self.stopping.wait(seconds)


def _readable(urls: Iterable[SecretStr]) -> list[Target]:
    found: dict[str, Target] = {}
    for url in urls:
        try:
            found.update({target.key: target for target in targets(url)})
        except DeliveryError:
            continue
    return list(found.values())


def _columns(source: Source) -> dict[str, object]:
    return {"name": source.id, "connector": source.connector, "location": source.location, "role": source.role,
            "settings_hash": _fingerprint(source)}  # fmt: skip


def _fingerprint(source: Source) -> str:
    """Changes when the source's settings do, secrets included, without telling what they are."""
    values = source.settings.model_dump(mode="python")
    shown = {name: value.get_secret_value() if hasattr(value, "get_secret_value") else value
             for name, value in values.items()}  # fmt: skip
    return hashlib.sha256(repr((source.connector, sorted(shown.items()))).encode()).hexdigest()[:16]
