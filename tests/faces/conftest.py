"""What the tests of the faces share: a desk to type at, a site, and a sink for alerts."""

import pytest

from tests.faces.command import Desk


@pytest.fixture
def desk(tmp_path, migrated, monkeypatch) -> Desk:
    monkeypatch.delenv("COLUMNS", raising=False)
    return Desk(tmp_path, migrated)


@pytest.fixture
def polled(desk) -> Desk:
    """The same with three reviews stored: numbers 1 to 3, as in the file."""
    assert desk.run("poll").exit_code == 0
    return desk
