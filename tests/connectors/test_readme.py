"""The tutorial works as written, and its table says what the classes declare."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from repmon.testing.quality import Made, missing, quality
from repmon.testing.table import connectors_of, renewed, tiers_of

ROOT = Path(__file__).resolve().parents[2]
RENEW = (
    "PYTHONPATH=connectors python -m repmon.testing.table repmon_connectors connectors/README.md tests/connectors"
    " docs/sources"
)
README = (ROOT / "connectors" / "README.md").read_text("utf-8")


def _examples() -> dict[str, str]:
    """The files of the tutorial, by the name that stands before each."""
    blocks = re.findall(r"((?:[^\n]+\n)+)\n```python\n(.*?)```", README, re.DOTALL)
    return {re.findall(r"`(\w+\.py)`", before)[-1]: text for before, text in blocks}


def test_every_example_says_which_file_it_is():
    assert len(_examples()) == README.count("```python")


@pytest.mark.slow
def test_the_connectors_of_the_tutorial_pass_their_tests(tmp_path: Path):
    examples = _examples()
    for name, text in examples.items():
        (tmp_path / name).write_text(text, "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(tmp_path)])
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "-ra", "--tb=short"]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    tests = len([name for name in examples if name.startswith("test_")])
    assert int(re.search(r"(\d+) passed", ran.stdout)[1]) > 35 * tests


@pytest.mark.slow
def test_the_first_one_is_asked_every_question(tmp_path: Path):
    """So that who copies it sees no skipped line."""
    for name in ("acme_reviews.py", "test_acme_reviews.py"):
        (tmp_path / name).write_text(_examples()[name], "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-ra"]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "skipped" not in ran.stdout


def test_the_connector_of_the_tutorial_is_as_short_as_promised():
    assert len(_examples()["acme_reviews.py"].partition("class Acme")[2].splitlines()) <= 35


def test_the_table_is_up_to_date():
    tiers = tiers_of("repmon_connectors", ROOT / "tests" / "connectors", ROOT / "docs" / "sources")
    assert renewed(README, "repmon_connectors", tiers) == README, f"renew it: {RENEW}"
    kept = json.loads((ROOT / "connectors" / "repmon_connectors" / "quality.json").read_text("utf-8"))
    assert kept == tiers, f"renew it: {RENEW}"


def test_every_connector_that_comes_along_is_at_least_bronze():
    for name, kind in connectors_of("repmon_connectors"):
        made = Made.found(name, kind, ROOT / "tests" / "connectors", ROOT / "docs" / "sources")
        assert quality(made), f"{name} lacks: {[rule for tier, rule in missing(made) if tier == 'bronze']}"


def test_a_file_without_markers_is_not_touched():
    with pytest.raises(ValueError, match="markers"):
        renewed("# Connectors", "repmon_connectors", {})


@pytest.mark.parametrize(
    "path", sorted((ROOT / "connectors" / "repmon_connectors").glob("*.py")), ids=lambda path: path.name
)
def test_a_connector_is_short_and_catches_nothing(path: Path):
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 120
    assert not re.search(r"^\s*(try|except)\b", text, re.MULTILINE)
    imported = set(re.findall(r"^(?:from|import) (repmon[\w.]*)", text, re.MULTILINE))
    private = {name for name in imported if name.startswith("repmon_connectors._")}
    assert imported - private <= {"repmon.connector"}
