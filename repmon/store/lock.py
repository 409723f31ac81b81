"""Who may run as the daemon of a database, and who may checkpoint it: the holder of the writer's lock.

The lock is the operating system's (flock on `<database>.lock`), so it ends with its holder, however that dies.
On PostgreSQL it is an advisory lock of a connection kept open for that.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from repmon.errors import StoreError
from repmon.store.database import Database
from repmon.store.trouble import of_system

ADVISORY = 7_376_771  # any number, the same for every repmon: one daemon a database


@contextmanager
def writer_lock(database: Database) -> Iterator[None]:
    """Hold the writer's lock, or raise StoreError naming the process that does."""
    path = database.path
    with _file_lock(path) if path else _server_lock(database):
        yield


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
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
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _server_lock(database: Database) -> Iterator[None]:
    with database.engine.connect() as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:n)"), {"n": ADVISORY}):
            raise StoreError("already_running", database=database.url.render_as_string(), pid="?")
        connection.commit()
        try:
            yield
        finally:  # the connection goes back to its pool, and would keep the lock
            connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": ADVISORY})
            connection.commit()
