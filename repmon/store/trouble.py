"""What a database driver's complaint means, in our words."""

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
)


def as_store_error(error: DBAPIError) -> StoreError | None:
    """The trouble of the machine behind a driver's error, or None where the fault is ours (a broken constraint)."""
    said = str(error.orig).lower()
    return next((StoreError(code) for sign, code in SIGNS if sign in said), None)
