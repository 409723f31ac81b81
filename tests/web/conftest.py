"""A desk with reviews at two places, on one server for all tests, visited with a real HTTP client."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from repmon.desk import passwords
from repmon.web.server import DeskServer
from tests.flow.site import Board, written
from tests.flow.stage import NOW, Stage
from tests.web.desk import Desk, Switch, opened
from tests.web.door import PASSWORD
from tests.web.linked import PIN

REAL = passwords._hasher
PLACES = """
[[locations]]
id = "harbour"
name = "Kettle and Crumb Harbour"
[[locations]]
id = "mill"
name = "Kettle and Crumb Mill"
"""


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch) -> None:
    """Let argon2 take its time in one test only; what is tried here is not how long it takes."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def real_hashes(quick_hashes, monkeypatch) -> None:
    """As in earnest."""
    monkeypatch.setattr(passwords, "_hasher", REAL)


@pytest.fixture(scope="session")
def switch() -> Switch:
    return Switch()


@pytest.fixture(scope="session")
def address(switch) -> Iterator[str]:
    """Where the one server is."""
    server = DeskServer(("127.0.0.1", 0))
    server.start(switch)
    yield f"http://127.0.0.1:{server.address[1]}"
    assert server.stop()


@pytest.fixture
def stage(tmp_path, migrated) -> Iterator[Stage]:
    """An installation with two places and nothing read yet; `stage.more` may be changed before `begin`."""
    made = Stage(tmp_path, migrated)
    made.more = PLACES
    yield made
    made.end()


@pytest.fixture
def bare(stage, address, switch) -> Iterator[Desk]:
    """A desk without reviews and without people."""
    stage.begin()
    with opened(stage, address, switch) as desk:
        yield desk


@pytest.fixture
def opened_with(stage, address, switch) -> Callable[[str], AbstractContextManager[Desk]]:
    """Opens a desk without reviews whose configuration has these lines too."""

    def open_it(lines: str) -> AbstractContextManager[Desk]:
        stage.more += lines
        stage.begin()
        return opened(stage, address, switch)

    return open_it


@pytest.fixture
def mill() -> Iterator[Board]:
    """The site of the mill."""
    with Board() as server:
        yield server


@pytest.fixture
def read(stage, board, mill) -> Stage:
    """Four reviews read: one happy and two unhappy at the harbour, one unhappy at the mill; drafts for the unhappy."""
    stage.source("harbour-reviews", "changed", board, 'location = "harbour"')
    stage.source("mill-reviews", "changed", mill, 'location = "mill"').begin()
    stage.turn(send=False)
    stage.later(hours=1)
    at = [NOW + timedelta(minutes=minute) for minute in range(7)]
    board.show(
        written("c", at[5], "Lovely cake, kind people.", 5, author="Ada Tester"),
        written("b", at[4], "We waited forty minutes and the soup was cold.", 2, author="Ben Tester"),
        written("a", at[3], "The waiter was rude and the table was dirty.", 1, author="Cleo Tester"),
    )
    mill.show(written("m", at[6], "Terrible coffee, never again.", 1, author="Dov Tester"))
    stage.turn(send=False)
    return stage


@pytest.fixture
def desk(read, address, switch) -> Iterator[Desk]:
    """A desk with the four reviews and their three drafts."""
    with opened(read, address, switch) as desk:
        yield desk


@pytest.fixture
def kept(quick_hashes) -> str:
    """The hash of the password everybody has here."""
    return passwords.hash_password("mila", PASSWORD)


@pytest.fixture
def peopled(bare, kept) -> Desk:
    """A desk without reviews; mila has a password, olga has none."""
    bare.person("olga", "owner")
    bare.person("mila", "manager", password_hash=kept)
    return bare


@pytest.fixture
def links(read, address, switch):
    """A desk with `[web] links = true`, three drafts, and people with PINs."""
    read.more += "[web]\nlinks = true\n"
    read.begin()
    with opened(read, address, switch) as desk:
        desk.person("mila", "manager", pin_hash=passwords.hash_pin(PIN))
        desk.person("vera", "viewer", pin_hash=passwords.hash_pin(PIN))
        desk.person("hugo", "manager", ["mill"], pin_hash=passwords.hash_pin(PIN))
        yield desk
