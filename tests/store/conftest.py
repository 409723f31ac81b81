"""One migrated database a test, on both kinds of server."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
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


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server with a migrated database `template_repmon` to copy."""
    with postgres.server() as url:
        if url is None:
            pytest.skip("no PostgreSQL on this machine")
        _run(url, "CREATE DATABASE template_repmon")
        database = Database(url.format(name="template_repmon"))
        ensure_schema(database)
        database.close()
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> Iterator[Database]:
    """An empty database with today's schema."""
    if request.param == "sqlite":
        file = tmp_path / "repmon.db"
        file.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        url = f"sqlite:///{file}"
    else:
        server = request.getfixturevalue("postgres_url")
        name = "t_" + str(abs(hash(request.node.nodeid)))
        _run(server, f"CREATE DATABASE {name} TEMPLATE template_repmon")
        url = server.format(name=name)
    opened = Database(url)
    yield opened
    opened.close()


def _run(url: str, statement: str) -> None:
    plain = url.format(name="postgres").replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)
