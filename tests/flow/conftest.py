"""A place to run in, a site, and a sink, for every test of a running repmon."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from repmon import desk
from tests import postgres
from tests.flow.daemons import Place
from tests.flow.google import POST, Profile
from tests.flow.stage import NOW, Stage


@pytest.fixture
def place(tmp_path, migrated) -> Place:
    return Place(tmp_path, migrated)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of modules marked `both_databases` run on SQLite and on PostgreSQL."""
    if "stage" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("stage", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def stage(request, tmp_path, migrated) -> Iterator[Stage]:
    url = ""
    if getattr(request, "param", "sqlite") == "postgresql":
        server = request.getfixturevalue("postgres_url")
        url = postgres.copy_of(server, "template_repmon", f"t_{abs(hash(request.node.nodeid))}")
    made = Stage(tmp_path, migrated, url)
    yield made
    made.end()


@pytest.fixture
def profile() -> Iterator[Profile]:
    with Profile() as server:
        yield server


@pytest.fixture
def drafted(stage, profile) -> Stage:
    """One unhappy review at Google, number 1, with a pending draft, number 1; posting is on."""
    stage.more = POST
    stage.sources.append(profile.source("gbp"))
    stage.begin().poll()
    stage.later(hours=1)
    profile.add("a", "The soup was cold and the waiter rude.", at=NOW + timedelta(minutes=5))
    stage.poll()
    return stage


@pytest.fixture
def approved(drafted) -> Stage:
    """The same with the draft approved by Mila."""
    desk.approve_draft(drafted.world, 1, by="mila")
    return drafted
