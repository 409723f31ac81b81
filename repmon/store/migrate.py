"""Bring a database to this version's schema, in a child process so that the daemon never carries Alembic.

Run as `python -m repmon.store.migrate` with the database's URL on standard input (it may hold a password).
"""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from repmon.errors import StoreError
from repmon.store.database import Database
from repmon.store.trouble import as_store_error

HEAD = "0002"
"""The revision this code works with; a test compares it with the migrations folder."""
MIGRATIONS = Path(__file__).with_name("migrations")
OLDER = {"", "0001"}
"""Revisions that can be brought forward; "" is a database with no tables yet."""


def ensure_schema(database: Database) -> None:
    """Migrate when needed. StoreError when the database is newer than this repmon, or the migration fails."""
    _make_folder(database)
    found = revision(database)
    if found == HEAD:
        return
    if found not in OLDER:
        raise StoreError("database_newer", found=found, ours=HEAD)
    database.close()
    child = subprocess.run(
        [sys.executable, "-m", "repmon.store.migrate"],
        input=database.url.render_as_string(hide_password=False),
        capture_output=True,
        text=True,
        check=False,
    )
    if child.returncode:
        raise StoreError("migration_failed", reason=child.stderr.strip().rpartition("\n")[2])


def revision(database: Database) -> str:
    """The schema revision a database is at; "" when it has none."""
    try:
        with database.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return ""
            return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""
    except DBAPIError as error:
        raise as_store_error(error) or error from error


def upgrade(url: str) -> None:
    """Run the migrations here and now."""
    from alembic import command  # noqa: PLC0415 - only this child process pays for Alembic
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, "head")


def _make_folder(database: Database) -> None:
    if database.path is None:
        return
    try:
        database.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("database_unreachable") from error


if __name__ == "__main__":
    upgrade(sys.stdin.read().strip())
