"""One database: its connections, its two kinds of transaction, and its upkeep.

SQLite runs in WAL mode with `synchronous=FULL`: with NORMAL a power cut can leave an alert or a public reply out for
a row that no longer exists. No connection checkpoints by itself (SQLite before 3.51.3 can corrupt a file whose WAL
two connections reset at once); whoever holds the writer's lock does, see `checkpoint`.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

import repmon.store.tables  # noqa: F401 - makes the schema known
from repmon.errors import StoreError
from repmon.store.tables.shape import partial_indexes_for
from repmon.store.trouble import as_store_error

BUSY_MS = 10_000
OURS = {"check_same_thread": False, "isolation_level": None}  # transactions are begun by us, see _begin
PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA wal_autocheckpoint=0",
    "PRAGMA secure_delete=ON",  # a text whose time is over is nowhere in the file, not even in pages that became free
)


class Database:
    """The open database. `write` is for changes, `read` for looking; both end their transaction by themselves."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        partial_indexes_for(self.url.get_backend_name())
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _server_engine(url)
        self._writer = self.engine.execution_options(writes=True)
        self._turn = threading.Lock() if self.is_sqlite else None

    @property
    def path(self) -> Path | None:
        """The database file; None on a server."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that changes things: all of it is committed at the end, or none. StoreError when it cannot be.

        Threads of one process queue here instead of inside SQLite, whose waiting is a polling sleep.
        """
        if self._turn:
            self._turn.acquire()
        try:
            with _in_words(), Session(self._writer, expire_on_commit=False) as session:
                yield session
                session.commit()
        finally:
            if self._turn:
                self._turn.release()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent look that changes nothing."""
        with _in_words(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    def checkpoint(self) -> None:
        """Fold the WAL into the file and empty it. Only for the holder of the writer's lock (`store.lock`)."""
        if not self.is_sqlite:
            return
        with _in_words(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (OperationalError, DBAPIError) as error:
        known = as_store_error(error)
        if known is None:
            raise
        raise known from error


def _sqlite_engine(url: str) -> Engine:
    path = make_url(url).database
    if not path or path == ":memory:":
        raise StoreError("storage_needs_a_file")
    engine = create_engine(url, connect_args=OURS, pool_size=4, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _server_engine(url: str) -> Engine:
    try:
        return create_engine(url, pool_size=4, max_overflow=16, pool_pre_ping=True, hide_parameters=True)
    except ImportError as error:
        raise StoreError("driver_missing") from error
