"""The command line as a whole: help, errors, exit statuses, and what a shell makes of it."""

import json
import os
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from repmon.cli import SECTIONS, main
from tests.faces.command import SURVEY
from tests.flow.peers import until

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [name for section in SECTIONS.values() for name in section]


def _repmon(*arguments: str, **how) -> subprocess.Popen[bytes]:
    path = os.pathsep.join([str(ROOT), str(ROOT / "connectors")])
    return subprocess.Popen(
        [sys.executable, "-m", "repmon", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path}, **how,
    )  # fmt: skip


def test_the_overview_lists_every_command_and_imports_none():
    code = (
        "import sys; from repmon.cli import main; main(['--help'], standalone_mode=False);"
        "heavy = {'sqlalchemy', 'pydantic', 'rich', 'httpx', 'apprise', 'apscheduler', 'repmon.config'};"
        "sys.exit(sorted(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


def test_a_mistyped_command_is_wrong_usage_and_the_nearest_is_named(desk):
    result = desk.run("reveiws")
    assert result.exit_code == 2
    assert "did you mean 'reviews'" in result.stderr


def test_repmon_says_its_version(desk):
    assert desk.run("--version").stdout == f"repmon {version('repmon')}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_begins_its_help_as_the_overview_does(name):
    context = click.Context(main)
    command = main.get_command(context, name)
    summary = next(section[name].summary for section in SECTIONS.values() if name in section)
    assert command.help.splitlines()[0] == summary


def test_help_and_json_are_what_they_are_called_everywhere(desk):
    for name in COMMANDS:
        assert desk.run(name, "-h").exit_code == 0
    for name in ("poll", "reviews", "drafts", "deliveries", "sources", "connectors", "check", "show", "score"):
        assert "--json" in desk.run(name, "-h").stdout


def test_a_wrong_configuration_ends_with_status_2_and_a_line_for_each_mistake(desk):
    desk.configure(SURVEY, "[web]\nlisten = 1\nlink = true\n")
    result = desk.run("reviews", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 2


def test_what_is_expected_to_go_wrong_ends_with_status_1_and_one_line(desk):
    (desk.folder / "repmon.db").write_bytes(b"this is no database at all" * 100)
    result = desk.run("reviews")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "repmon: the database file is damaged" in result.stderr.splitlines()[-1]


def test_without_a_configuration_the_way_to_one_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REPMON_CONFIG", raising=False)
    result = CliRunner().invoke(main, ["reviews"])
    assert result.exit_code == 2
    assert "repmon init" in result.stderr


def test_the_environment_may_name_the_configuration(desk, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    monkeypatch.setenv("REPMON_CONFIG", str(desk.config))
    assert json.loads(CliRunner().invoke(main, ["reviews", "--json"]).stdout) == []


@pytest.mark.slow
def test_a_reader_who_leaves_early_ends_the_command_quietly(desk, monkeypatch):
    desk.survey("id,text\n" + "".join(f"{n},{'word ' * 200}{n}\n" for n in range(300)))
    desk.run("poll")
    monkeypatch.setenv("COLUMNS", "500")  # more than a pipe holds
    for command in (["reviews", "--json"], ["reviews"]):
        with _repmon("--config", str(desk.config), *command) as process:
            process.stdout.read(10)
            process.stdout.close()
            said = process.stderr.read()
        assert b"Traceback" not in said
        assert b"Broken" not in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_poll_ends_soon_without_a_traceback(desk, site, number):
    site.add("one", "word")
    site.on_page = lambda _start: until(site.closed.is_set)
    desk.configure(site.source(every="15m"))
    with _repmon("--config", str(desk.config), "poll") as process:
        until(lambda: any("reviews" in path for path in site.requests))
        process.send_signal(number)
        process.send_signal(number)
        site.closed.set()
        _, said = process.communicate(timeout=60)
    assert process.returncode not in (0, 2)
    assert b"Traceback" not in said
