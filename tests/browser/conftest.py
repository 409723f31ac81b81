"""One browser and one desk for all tests here; each test has its own copy of the database and its own windows."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser

from repmon.desk import passwords
from repmon.store.database import Database
from repmon.store.migrate import ensure_schema
from repmon.web.server import DeskServer
from tests.browser import chromium
from tests.browser.people import People
from tests.browser.scene import TODAY, Scene, play
from tests.browser.witness import Witness
from tests.flow.site import Board
from tests.flow.stage import Stage
from tests.web.desk import Desk, Switch, opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser takes its time."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, or a visible skip."""
    executable = chromium.found()
    if executable is None:
        pytest.skip(chromium.MISSING)
    with chromium.launched(executable) as browser:
        yield browser


@pytest.fixture(scope="package")
def scene(tmp_path_factory) -> Iterator[Scene]:
    """The cafe, reviewed."""
    folder = tmp_path_factory.mktemp("scene")
    empty = tmp_path_factory.mktemp("empty") / "repmon.db"
    database = Database(f"sqlite:///{empty}")
    ensure_schema(database)
    database.close()
    with Board() as harbour, Board() as mill:
        yield play(folder, empty, harbour, mill)


@pytest.fixture(scope="package")
def switch() -> Switch:
    return Switch()


@pytest.fixture(scope="package")
def address(switch) -> Iterator[str]:
    """Where the one server is."""
    server = DeskServer(("127.0.0.1", 0))
    server.start(switch)
    yield f"http://127.0.0.1:{server.address[1]}"
    assert server.stop()


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch) -> None:
    """How long argon2 takes is tried elsewhere."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def stage(tmp_path, scene) -> Iterator[Stage]:
    """This test's own installation."""
    made = Stage(tmp_path, scene.file)
    made.now = TODAY
    yield made
    made.end()


@pytest.fixture
def desk(stage, scene, address, switch) -> Iterator[Desk]:
    """The desk of the cafe."""
    scene.configured(stage)
    with opened(stage, address, switch) as desk:
        yield desk


@pytest.fixture
def linked(stage, scene, address, switch) -> Iterator[Desk]:
    """The same with `[web] links = true`."""
    scene.configured(stage, "[web]\nlinks = true\n")
    with opened(stage, address, switch) as desk:
        yield desk


@pytest.fixture
def people(browser, address) -> Iterator[People]:
    """Windows for whoever is needed. When the test is over, nothing may have gone wrong in any of them."""
    people = People(browser, address, Witness(address))
    yield people
    people.leave()
    assert people.witness.seen == []
