"""Opening the database for the daemon: alone, brought to this version's schema, or refused in one clear line."""

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from repmon.errors import StoreError
from repmon.store.database import Database
from repmon.store.lock import Lock, writer_lock
from repmon.store.migrate import ensure_schema

_CODES = {
    errno.EROFS: "database_read_only", errno.EACCES: "database_read_only", errno.EPERM: "database_read_only",
    errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full", errno.EIO: "disk_error",
}  # fmt: skip


@contextmanager
def opened(url: str) -> Iterator[tuple[Database, Lock]]:
    """Hold the database at `url` and its writer's lock. The lock comes first: a second daemon changes nothing."""
    with ExitStack() as stack:
        database = Database(url)
        stack.callback(database.close)
        try:
            if database.path:
                database.path.parent.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context(writer_lock(database))
        except OSError as error:
            raise StoreError(_CODES.get(error.errno or 0, "database_unreachable")) from error
        ensure_schema(database)
        yield database, lock
