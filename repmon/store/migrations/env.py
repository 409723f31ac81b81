"""How Alembic runs here: everything in one transaction, with foreign keys off while tables are rebuilt.

Alembic changes a SQLite table by copying it and dropping the old one; with foreign keys on, that drop deletes every
child row (ON DELETE CASCADE). They can only be switched off outside a transaction, so that comes first, and the check
that nothing was orphaned comes last, before the commit.
"""

from alembic import context
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from repmon.store.database import Database
from repmon.store.lock import ADVISORY
from repmon.store.search import keep_current


def migrate() -> None:
    """Upgrade the database whose URL the caller put into the configuration."""
    database = Database(context.config.attributes["url"])
    with database.engine.connect() as connection:
        if database.is_sqlite:
            _on_sqlite(connection)
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": ADVISORY + 1})
            _run(connection)
            connection.commit()
    database.close()


def _on_sqlite(connection: Connection) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None  # noqa: S101 - a connected connection has one
    raw.execute("PRAGMA foreign_keys=OFF")
    writing = connection.execution_options(writes=True)
    with writing.begin():
        _run(writing)
        keep_current(writing)
        orphans = writing.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise RuntimeError(f"the migration would orphan {len(orphans)} rows; nothing was changed")


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
    context.run_migrations()


migrate()
