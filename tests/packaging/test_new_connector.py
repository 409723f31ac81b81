"""A connector begun with `connectors new` installs, passes the contract and is listed, as it is."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from repmon.cli import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def begun(tmp_path):
    result = CliRunner().invoke(main, ["connectors", "new", "quay_reviews", "--dir", str(tmp_path)])
    assert result.exit_code == 0, result.output
    return tmp_path / "repmon-quay-reviews"


def test_every_place_is_filled(begun):
    for path in begun.rglob("*.*"):
        if path.is_file():
            assert not re.search(r"<(name|Class|dashed|NAME)>", path.read_text("utf-8")), path
    assert (begun / "tests" / "replies" / "quay_reviews_empty.json").is_file()


@pytest.mark.parametrize("name", ["Quay", "quay-reviews", "1quay", "", "feed", "a/b"])
def test_a_name_that_will_not_do_is_refused(name, tmp_path):
    result = CliRunner().invoke(main, ["connectors", "new", name, "--dir", str(tmp_path)])
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_written_over(begun):
    before = (begun / "README.md").read_text()
    result = CliRunner().invoke(main, ["connectors", "new", "quay_reviews", "--dir", str(begun.parent)])
    assert result.exit_code == 2
    assert (begun / "README.md").read_text() == before


@pytest.mark.slow
def test_it_installs_passes_the_contract_and_is_listed(begun, tmp_path):
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index",
               "--target", str(site), str(begun)]  # fmt: skip
    subprocess.run(install, check=True, capture_output=True)
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "COV"))}
    environ["PYTHONPATH"] = os.pathsep.join([str(site), str(ROOT), str(ROOT / "connectors")])
    pytest_of_theirs = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "tests"]
    tested = _run(pytest_of_theirs, begun, environ)
    assert tested.returncode == 0, tested.stdout + tested.stderr
    listed = _run([sys.executable, "-m", "repmon", "connectors", "--json"], tmp_path, environ)
    mine = next(each for each in json.loads(listed.stdout) if each["name"] == "quay_reviews")
    assert (mine["problem"], mine["package"]) == (None, "repmon-quay-reviews")


def _run(command, folder, environ):
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
