"""`repmon demo`: plays offline, tells the whole story, and leaves a folder in which every command works."""

import fcntl
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from repmon.cli import main
from repmon.demo import run_demo
from repmon.errors import ConfigError, StoreError

ROOT = Path(__file__).resolve().parents[2]
ONLY_LOOPBACK = """
import sys

def refuse(event, arguments):
    where = arguments[1] if event == "socket.connect" else arguments
    if event in {"socket.connect", "socket.getaddrinfo"} and where[0] not in {"127.0.0.1", None}:
        raise PermissionError(f"the demo went to the network: {where}")

sys.addaudithook(refuse)
"""
DEAD = "http://127.0.0.1:9"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def offline(tmp_path_factory):
    """Where and how commands run: in an empty folder, with a proxy that is dead and no way out of this machine."""
    cwd = tmp_path_factory.mktemp("demo")
    hook = cwd / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(ONLY_LOOPBACK)
    environ = {name: value for name, value in os.environ.items() if name.upper() not in {"NO_PROXY", "REPMON_CONFIG"}}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    environ |= {
        "HTTP_PROXY": DEAD, "HTTPS_PROXY": DEAD, "http_proxy": DEAD, "https_proxy": DEAD,
        "PYTHONPATH": os.pathsep.join(map(str, (hook, ROOT, ROOT / "connectors"))),
        "PYTHONPYCACHEPREFIX": str(cwd / "compiled"), "PYTHONIOENCODING": "utf-8",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip

    def run(command):
        return subprocess.run(command, shell=True, cwd=cwd, env=environ, capture_output=True, encoding="utf-8",
                              check=False)  # fmt: skip

    return SimpleNamespace(cwd=cwd, run=run)


def stored(folder):
    """What the commands list about a folder."""
    config = str(folder / "config.toml")
    return {what: json.loads(CliRunner().invoke(main, ["--config", config, what, "--json"]).stdout)
            for what in ("reviews", "deliveries", "drafts")}  # fmt: skip


@pytest.fixture(scope="module")
def played(offline):
    done = offline.run(f"{shlex.quote(sys.executable)} -m repmon demo --once --dir 'my demo'")
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(output=done.stdout, error=done.stderr, **stored(offline.cwd / "my demo"))


def test_it_tells_what_happened_what_was_sent_what_waits_and_how_to_go_on(played):
    for heading in ("What happened", "What the owner received", "Drafts waiting for a person", "What was understood",
                    "Look further"):  # fmt: skip
        assert f"\n{heading}\n" in played.output
    for title in ("Unhappy review at", "Review changed from 1 to 4 of 5 stars", "Stars and words disagree",
                  "Not reading survey", "Reading survey again", "First read of guestbook finished"):  # fmt: skip
        assert title in played.output
    assert played.error == ""


def test_it_is_plain_text_of_eighty_columns_but_for_commands(played):
    assert "\x1b" not in played.output
    long = [line for line in played.output.splitlines() if len(line) > 80]
    assert all(line.startswith("    ") for line in long)


def test_a_few_dozen_reviews_of_many_kinds_from_three_sources_are_stored(played):
    assert len(played.reviews) >= 36
    assert {each["source"] for each in played.reviews} == {"review-site", "survey", "guestbook"}
    assert [each["version"] for each in played.reviews].count(2) == 1
    assert {each["sentiment"]["label"] for each in played.reviews} == {
        "positive", "mixed", "neutral", "negative", "unknown",
    }  # fmt: skip
    assert sum(each["sentiment"]["conflict"] for each in played.reviews) == 1
    assert any(each["rating"] and not each["text"] for each in played.reviews)


def test_drafts_wait_in_several_languages_and_the_one_for_the_edited_review_is_outdated(played):
    assert {each["language"] for each in played.drafts} >= {"en", "nl", "de", "fr", "it"}
    assert [each["state"] for each in played.drafts].count("outdated") == 1


def test_every_message_was_delivered_and_is_shown(played):
    assert {each["state"] for each in played.deliveries} == {"delivered"}
    shown = re.findall(r"^  (\d+) · \w{3} \d\d \w{3} \d\d:\d\d$", played.output, re.MULTILINE)
    assert [int(number) for number in shown] == list(range(1, len(played.deliveries) + 1))
    assert f"{len(shown)} messages" in played.output


def test_history_and_happy_reviews_cause_no_message(played):
    told = {each["review_id"] for each in played.deliveries if each["event"] == "review.new"}
    calm = [each for each in played.reviews if (each["rating"] or 0) >= 4 and not each["sentiment"]["conflict"]]
    assert told
    assert not told & {each["id"] for each in calm if each["version"] == 1}


def test_every_printed_command_works_as_printed(offline, played):
    further = played.output.partition("\nLook further\n")[2]
    commands = [line.strip() for line in further.splitlines() if line.startswith("    ")]
    assert len(commands) == 10
    for command in commands:
        done = offline.run(command)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    assert "Cold soup" in done.stdout


def test_a_second_run_starts_afresh_and_leaves_files_of_others_alone(offline, played):
    folder = offline.cwd / "my demo"
    note = folder / "guestbook" / "mine.txt.part"
    note.write_text("mine")
    assert run_demo(folder, once=True) == 0
    again = stored(folder)
    assert [(each["id"], each["text"]) for each in again["reviews"]] == [
        (each["id"], each["text"]) for each in played.reviews
    ]
    assert len(again["deliveries"]) == len(played.deliveries)
    assert note.read_text() == "mine"


def test_a_configuration_of_somebody_else_is_refused_and_left_alone(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('[business]\nname = "Mine"\n')
    with pytest.raises(ConfigError, match="not made by the demo"):
        run_demo(tmp_path, once=True)
    assert config.read_text() == '[business]\nname = "Mine"\n'
    assert list(tmp_path.iterdir()) == [config]


def test_a_configuration_of_the_demo_that_was_changed_since_is_refused(offline, played, tmp_path):
    made = (offline.cwd / "my demo" / "config.toml").read_text("utf-8")
    (tmp_path / "config.toml").write_text(made.replace("Giulia", "Anna"), "utf-8")
    with pytest.raises(ConfigError, match="changed since"):
        run_demo(tmp_path, once=True)


@pytest.mark.parametrize("name", ["repmon.db", "survey.csv"])
def test_a_file_of_somebody_else_that_the_demo_would_write_is_refused(tmp_path, name):
    (tmp_path / name).write_text("mine")
    with pytest.raises(ConfigError, match=re.escape(name)):
        run_demo(tmp_path, once=True)
    assert (tmp_path / name).read_text() == "mine"


def test_a_folder_that_cannot_be_one_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be used"):
        run_demo(tmp_path / "file" / "demo", once=True)


def test_a_daemon_running_on_the_folder_is_not_disturbed(tmp_path):
    with (tmp_path / "repmon.db.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="already running"):
            run_demo(tmp_path, once=True)
    assert not (tmp_path / "config.toml").exists()
