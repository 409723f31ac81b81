"""What a database driver's complaint means, in our words."""

import errno

from sqlalchemy.exc import DBAPIError

from repmon.errors import StoreError

SIGNS = (
    ("disk is full", "disk_full"),
    ("no space left", "disk_full"),
    ("readonly database", "database_read_only"),
    ("read-only transaction", "database_read_only"),
    ("database is locked", "database_locked"),
    ("malformed", "database_corrupt"),
    ("not a database", "database_corrupt"),
    ("unable to open database", "database_unreachable"),
    ("disk i/o error", "disk_error"),
    ("connection refused", "database_unreachable"),
    ("could not connect", "database_unreachable"),
    ("connection failed", "database_unreachable"),
    ("server closed the connection", "database_unreachable"),
    ("terminating connection", "database_unreachable"),
    ("connection to server", "database_unreachable"),
    ("could not translate host", "database_unreachable"),
    ("failed to resolve host", "database_unreachable"),
    ("deadlock detected", "database_locked"),
)
SYSTEM_SIGNS = {
    errno.EROFS: "database_read_only", errno.EACCES: "database_read_only", errno.EPERM: "database_read_only",
    errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full", errno.EIO: "disk_error",
}  # fmt: skip


def as_store_error(error: DBAPIError) -> StoreError | None:
    """The trouble of the machine behind a driver's error, or None where the fault is ours (a broken constraint)."""
    said = str(error.orig).lower()
    return next((StoreError(code) for sign, code in SIGNS if sign in said), None)


def of_system(error: OSError) -> StoreError:
    """The same for what the operating system says about a file beside the database."""
    return StoreError(SYSTEM_SIGNS.get(error.errno or 0, "database_unreachable"))
