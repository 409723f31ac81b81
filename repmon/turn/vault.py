"""The vault of access tokens: sealed in the database, so that a restart or a command has what the daemon was given."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property

from repmon.config import Settings
from repmon.http import Token
from repmon.store.database import Database
from repmon.store.migrate import ensure_schema
from repmon.store.tokens import keep_token, sealed_token
from repmon.turn.sealing import WrongKey, ensure_key_file, key_of, seal, unseal

log = logging.getLogger("repmon")


class SealedVault:
    """`repmon.http.Vault` in the database. Without a key that can be kept tokens live in memory; the log says so."""

    def __init__(self, settings: Settings, database: Database, clock: Callable[[], datetime]) -> None:
        self._settings, self._database, self._clock = settings, database, clock
        self._said: set[str] = set()

    def ensure_key(self) -> None:
        """Make the key file now, at the start, where the configuration names no key of its own."""
        _ = self._key

    def load(self, name: str) -> Token | None:
        """The token kept last; None when there is none, or when another key has sealed it: then a new one is asked."""
        if self._key is None or self._missing():
            return None
        with self._database.read() as session:
            sealed = sealed_token(session, name)
        if sealed is None:
            return None
        try:
            access, until, refresh = json.loads(unseal(self._key, sealed))
        except WrongKey:
            self._say("token sealed with another key: a new one is asked for")
            return None
        return Token(access, datetime.fromtimestamp(until, UTC), refresh)

    def save(self, name: str, token: Token) -> None:
        """Seal and commit it. StoreError when the database refuses."""
        if self._key is None:
            return
        if self._missing():
            ensure_schema(self._database)  # `check --online` before the first start: a new refresh token is not lost
        sealed = seal(self._key, json.dumps([token.access, token.until.timestamp(), token.refresh]))
        with self._database.write() as session:
            keep_token(session, name, sealed, token.until, self._clock())

    @cached_property
    def _key(self) -> bytes | None:
        given = self._settings.storage.key
        if given is not None:
            return key_of(given.get_secret_value())
        try:
            return key_of(ensure_key_file(self._settings.key_file()))
        except OSError as error:
            log.warning("no key file: tokens are kept in memory only", extra={"problem": error.strerror or str(error)})
            return None

    def _missing(self) -> bool:
        return self._database.path is not None and not self._database.path.exists()

    def _say(self, what: str) -> None:
        if what not in self._said:
            self._said.add(what)
            log.warning(what)
