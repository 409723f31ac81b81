"""What the tests of the faces share: a desk to type at, a site, and a sink for alerts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from repmon.store.database import Database
from repmon.store.migrate import ensure_schema
from tests.faces.command import Desk
from tests.flow.peers import Sink, Site


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """A migrated, empty database, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "repmon.db"
    database = Database(f"sqlite:///{file}")
    ensure_schema(database)
    database.close()
    return file


@pytest.fixture
def desk(tmp_path, migrated, monkeypatch) -> Desk:
    monkeypatch.delenv("COLUMNS", raising=False)
    return Desk(tmp_path, migrated)


@pytest.fixture
def polled(desk) -> Desk:
    """The same with three reviews stored: numbers 1 to 3, as in the file."""
    assert desk.run("poll").exit_code == 0
    return desk


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        yield server


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        yield server
