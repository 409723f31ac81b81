"""A place to run in, a site, and a sink, for every test of a running repmon."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from repmon.store.database import Database
from repmon.store.migrate import ensure_schema
from tests.flow.daemons import Place
from tests.flow.peers import Sink, Site
from tests.flow.site import Board
from tests.flow.stage import Stage


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """A migrated, empty database, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "repmon.db"
    database = Database(f"sqlite:///{file}")
    ensure_schema(database)
    database.close()
    return file


@pytest.fixture
def place(tmp_path, migrated) -> Place:
    return Place(tmp_path, migrated)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        yield server


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        yield server


@pytest.fixture
def stage(tmp_path, migrated) -> Iterator[Stage]:
    made = Stage(tmp_path, migrated)
    yield made
    made.end()


@pytest.fixture
def board() -> Iterator[Board]:
    with Board() as server:
        yield server
