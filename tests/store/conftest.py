"""One migrated database a test, on both kinds of server."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from repmon.store.database import Database
from repmon.store.migrate import ensure_schema
from tests import postgres

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """A migrated, empty file, to be copied."""
    file = tmp_path_factory.mktemp("template") / "repmon.db"
    database = Database(f"sqlite:///{file}")
    ensure_schema(database)
    database.close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> Iterator[Database]:
    """An empty database with today's schema."""
    if request.param == "sqlite":
        file = tmp_path / "repmon.db"
        file.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        url = f"sqlite:///{file}"
    else:
        server = request.getfixturevalue("postgres_url")
        url = postgres.copy_of(server, "template_repmon", f"t_{abs(hash(request.node.nodeid))}")
    opened = Database(url)
    yield opened
    opened.close()
