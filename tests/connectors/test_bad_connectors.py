"""The contract catches bad connectors: each by the check that names its mistake."""

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.connectors.bad import NAMES, caught_by

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = "tests/connectors/bad/contracts.py"


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The checks that failed, by the connector's name: every check for the good one, the named one for each other."""
    report = tmp_path_factory.mktemp("bad") / "report.xml"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    asked = [f"{CONTRACTS}::Test_good", *(f"{CONTRACTS}::Test_{name}::{caught_by(name)}" for name in NAMES)]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--tb=no",
        f"--junitxml={report}",
        *asked,
    ]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert report.is_file(), ran.stdout + ran.stderr
    found: dict[str, set[str]] = defaultdict(set)
    for case in ET.parse(report).iter("testcase"):
        name = case.attrib["classname"].rpartition("Test_")[2]
        found[name].update([case.attrib["name"].partition("[")[0]] if case.find("failure") is not None else [])
        assert case.find("error") is None, case.attrib
    return found


def test_the_good_connector_they_differ_from_passes_every_check(failed: dict[str, set[str]]):
    assert failed["good"] == set()
    assert set(failed) == {"good", *NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_connector_is_caught_by_the_check_that_names_its_mistake(failed: dict[str, set[str]], name: str):
    assert caught_by(name) in failed[name]
