"""Connectors are found by entry points, and a broken one is a status with a reason."""

import sys
from importlib.metadata import EntryPoint

import pytest

from repmon import discover
from repmon.connector import Connector

GOOD = """
from repmon.connector import Connector


class Good(Connector):
    pass


NOT_A_CLASS = Good()
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Puts modules on the path and returns a function that installs entry points."""
    (tmp_path / "plaza_good.py").write_text(GOOD)
    (tmp_path / "plaza_lacking.py").write_text("import sprocket_that_is_not_there")
    (tmp_path / "plaza_bursting.py").write_text("raise RuntimeError('burst\\x1b[31m\\nmore')")
    monkeypatch.syspath_prepend(tmp_path)

    def install(*pairs):
        entries = [EntryPoint(name, value, discover.GROUP) for name, value in pairs]
        monkeypatch.setattr(discover, "entry_points", lambda group: entries if group == discover.GROUP else [])

    yield install
    for name in ("plaza_good", "plaza_lacking", "plaza_bursting"):
        sys.modules.pop(name, None)


def test_a_connector_is_found_by_its_name(installed):
    installed(("good", "plaza_good:Good"))
    found = discover.load_connector("good")
    assert found is not None
    assert (found.problem, issubclass(found.connector, Connector)) == ("", True)


def test_loading_one_connector_imports_no_other(installed):
    installed(("good", "plaza_good:Good"), ("lacking", "plaza_lacking:Lacking"))
    discover.connector_names()
    assert "plaza_good" not in sys.modules
    discover.load_connector("good")
    assert "plaza_good" in sys.modules
    assert "plaza_lacking" not in sys.modules


def test_an_unknown_name_is_nothing(installed):
    installed(("good", "plaza_good:Good"))
    assert discover.load_connector("god") is None
    assert discover.connector_names() == ["good"]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("plaza_lacking:Lacking", "ModuleNotFoundError: No module named 'sprocket_that_is_not_there'"),
        ("plaza_absent:Absent", "No module named 'plaza_absent'"),
        ("plaza_bursting:Bursting", "RuntimeError: burst"),
        ("plaza_good:Missing", "has no attribute 'Missing'"),
        ("plaza_good:NOT_A_CLASS", "is not a subclass of repmon.connector.Connector"),
        ("json:JSONDecoder", "is not a subclass of repmon.connector.Connector"),
    ],
)
def test_a_broken_connector_says_why_and_holds_up_no_other(installed, target, reason):
    installed(("broken", target), ("good", "plaza_good:Good"))
    found = discover.connectors()
    assert list(found) == ["broken", "good"]
    assert found["broken"].connector is None
    assert reason in found["broken"].problem
    assert found["broken"].problem.isprintable()
    assert found["good"].connector is not None


def test_two_packages_with_one_name_are_refused_rather_than_one_of_them_chosen(installed):
    installed(("good", "plaza_good:Good"), ("good", "plaza_lacking:Good"))
    found = discover.load_connector("good")
    assert found is not None
    assert found.connector is None
    assert "more than one package" in found.problem


def test_an_installed_package_is_found_with_its_name_and_version(tmp_path, monkeypatch):
    (tmp_path / "plaza_packed.py").write_text(GOOD)
    metadata = tmp_path / "plaza_packed-1.2.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: plaza-packed\nVersion: 1.2\n")
    (metadata / "entry_points.txt").write_text(f"[{discover.GROUP}]\npacked = plaza_packed:Good\n")
    monkeypatch.syspath_prepend(tmp_path)
    found = discover.load_connector("packed")
    sys.modules.pop("plaza_packed", None)
    assert found is not None
    assert (found.problem, found.distribution, found.version) == ("", "plaza-packed", "1.2")
