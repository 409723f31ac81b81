"""Who may run as the daemon of a database, and who may checkpoint it: the holder of the writer's lock.

The lock is the operating system's (flock on `<database>.lock`), so it ends with its holder, however that dies.
On PostgreSQL it is an advisory lock of a connection kept open for that, and ends with the connection: see `Lock.keep`.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from repmon.errors import StoreError
from repmon.store.database import Database
from repmon.store.trouble import as_store_error, of_system

ADVISORY = 7_376_771  # any number, the same for every repmon: one daemon a database


class Lock:
    """The writer's lock while it is held. A file's is ours for as long as the process lives."""

    def keep(self) -> None:
        """See to it that the lock is still ours. StoreError: `already_running` when another has it now, else why it
        could not be asked.
        """


@contextmanager
def writer_lock(database: Database) -> Iterator[Lock]:
    """Hold the writer's lock, or raise StoreError naming the process that does."""
    path = database.path
    with _file_lock(path) if path else _server_lock(database) as lock:
        yield lock


@contextmanager
def _file_lock(path: Path) -> Iterator[Lock]:
    lock = path.with_name(path.name + ".lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise of_system(error) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
            raise StoreError("already_running", database=str(path), pid=holder or "?") from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield Lock()
    finally:
        os.close(descriptor)


@contextmanager
def _server_lock(database: Database) -> Iterator[Lock]:
    lock = _ServerLock(database)
    lock.keep()
    try:
        yield lock
    finally:
        lock.let_go()


class _ServerLock(Lock):
    """A lock that is gone when the server ends the connection: taken again then, unless another was faster."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def keep(self) -> None:
        try:
            if self._connection is None or not self._answers(self._connection):
                self._take()
        except DBAPIError as error:
            raise as_store_error(error) or error from error

    def let_go(self) -> None:
        """Give it back: the connection returns to its pool, and would keep the lock."""
        if self._connection is None:
            return
        with suppress(DBAPIError):  # the server ended the connection, and the lock with it
            self._connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": ADVISORY})
            self._connection.commit()
        self._connection.close()

    def _answers(self, connection: Connection) -> bool:
        try:
            connection.execute(text("SELECT 1"))
            connection.commit()
        except DBAPIError as error:
            self._connection = None
            connection.close()
            if not error.connection_invalidated:
                raise
            return False
        return True

    def _take(self) -> None:
        connection = self._database.engine.connect()
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:n)"), {"n": ADVISORY}):
            connection.close()
            raise StoreError("already_running", database=self._database.url.render_as_string(), pid="?")
        connection.commit()
        self._connection = connection
