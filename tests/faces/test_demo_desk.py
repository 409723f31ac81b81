"""`repmon demo` goes on to open the desk: with its reviews, a sign-in of its own, and until Ctrl-C."""

import re
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace

import httpx
import pytest
from click.testing import CliRunner

from repmon.cli import main
from repmon.demo import run_demo
from repmon.errors import StoreError

PATIENCE = 120
"""Seconds the four weeks may take on a busy machine."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A demo whose desk is open: its process, folder, address, and the sign-in it printed."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "repmon", "demo", "--dir", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process:
        alarm = threading.Timer(PATIENCE, process.kill)
        alarm.start()
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        alarm.cancel()
        url = re.search(r"^    (http://127\.0\.0\.1:\d+)$", said, re.MULTILINE)
        name, password = re.search(r"Name: (\w+)   Password: (\S+)", said).groups()
        yield SimpleNamespace(process=process, folder=folder, url=url[1], name=name, password=password, said=said)
        process.kill()


def test_the_printed_sign_in_opens_the_reviews_of_the_demo(shown):
    with httpx.Client(trust_env=False, follow_redirects=True, base_url=shown.url) as client:
        page = client.get("/").text
        token = re.search(r'name="csrf" value="([^"]+)"', page)[1]
        inbox = client.post("/sign-in", headers={"origin": shown.url}, data={
            "csrf": token, "next": "/", "name": shown.name, "password": shown.password,
        })  # fmt: skip
        assert "<h1>Inbox</h1>" in inbox.text
        assert "Trattoria Aurora" in inbox.text
        paths = re.findall(r'href="(/reviews/\d+)"', inbox.text)
        assert len(paths) > 5
        assert 'id="approve"' in client.get(paths[0]).text


def test_other_commands_work_beside_the_open_desk(shown):
    done = CliRunner().invoke(main, ["--config", str(shown.folder / "config.toml"), "poll"])
    assert done.exit_code == 0, done.output


def test_a_second_demo_does_not_pull_the_database_from_under_the_desk(shown):
    with pytest.raises(StoreError, match="already running"):
        run_demo(shown.folder, once=True)


def test_ctrl_c_closes_the_desk_and_leaves_no_trace_of_trouble(shown):
    shown.process.send_signal(signal.SIGINT)
    assert shown.process.wait(30) == 0
    assert list(shown.folder.glob("repmon.db-wal")) == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(shown.url, trust_env=False)
