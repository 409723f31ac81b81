"""What the daemon holds in memory when nothing happens, without and with the desk: one source, Slack and mail."""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from repmon.store import sessions, users
from repmon.store.database import Database
from repmon.store.tables import SessionRow, UserRow
from repmon.web.cookies import SESSION

SETTLED_AFTER = 8.0
PAGES = ("/", "/reviews/1", "/places", "/sources", "/deliveries", "/people", "/audit", "/devices")
CONFIG = """
[web]
listen = {desk}
[health]
listen = "127.0.0.1:{port}"
[[sources]]
id = "export"
connector = "file"
path = "reviews.csv"
[channels.owner]
urls = ["slack://TAAAAAAAA/BBBBBBBBB/cccccccccccccccccccccccc", "mailto://u:p@127.0.0.1:{mail}/?from=a@shop.example&to=b@shop.example&mode=insecure"]
"""


def rows() -> Iterable[tuple[str, str, str, str]]:
    """Resident memory and the time from start to a green health page; then memory once the desk has been used."""
    bare = f"python {_resident_of_bare_python():.0f} MB"
    with _running("false") as (daemon, _folder, ready):
        time.sleep(SETTLED_AFTER)
        yield "repmon run, idle, Slack and mail", f"{_resident(daemon.pid):.0f} MB", bare, "<= 95 MB"
    yield "repmon run, from start to a green health page", f"{ready:.1f} s", "", ""
    desk = _free_port()
    with _running(f'"127.0.0.1:{desk}"') as (daemon, folder, _ready):
        time.sleep(SETTLED_AFTER)
        _use(desk, _signed_in(folder))
        yield "repmon run, idle, with the desk in use", f"{_resident(daemon.pid):.0f} MB", bare, "<= 115 MB"


@contextlib.contextmanager
def _running(desk: str) -> Iterator[tuple["subprocess.Popen[bytes]", Path, float]]:
    """A daemon that is up: its process, its folder, and the seconds it took."""
    with tempfile.TemporaryDirectory() as folder:
        place, port = Path(folder), _free_port()
        (place / "reviews.csv").write_text("id,text,rating\n1,Cold soup and a rude waiter,1\n", encoding="utf-8")
        config = CONFIG.format(desk=desk, port=port, mail=_free_port())
        (place / "config.toml").write_text(config, encoding="utf-8")
        (place / "config.toml").chmod(0o600)
        began = time.perf_counter()
        command = [sys.executable, "-m", "repmon", "--config", place / "config.toml", "run"]
        nowhere = {**os.environ, "https_proxy": "http://127.0.0.1:9"}  # Slack is not to be reached
        daemon = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=nowhere)
        try:
            yield daemon, place, _until_green(port) - began
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(30)


def _signed_in(folder: Path) -> str:
    """The cookie of an owner."""
    database, secret, now = Database(f"sqlite:///{folder / 'repmon.db'}"), secrets.token_urlsafe(32), datetime.now(UTC)
    with database.write() as session:
        owner = users.add(session, UserRow(name="olga", role="owner", created_at=now))
        sessions.start(session, SessionRow(
            id=sessions.hashed(secret), user_id=owner.id or 0, csrf="x", created_at=now, last_seen_at=now,
            expires_at=now + timedelta(hours=1),
        ))  # fmt: skip
    database.close()
    return f"{SESSION}={secret}"


def _use(port: int, cookie: str) -> None:
    """Look at every page a few times."""
    for path in PAGES * 5:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"cookie": cookie})
        urllib.request.urlopen(request, timeout=20).read()


def _until_green(port: int) -> float:
    limit = time.perf_counter() + 60
    while time.perf_counter() < limit:
        with (
            contextlib.suppress(OSError, ValueError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer,
        ):
            if json.load(answer)["status"]:
                return time.perf_counter()
        time.sleep(0.05)
    raise TimeoutError("the daemon did not come up")


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def _resident_of_bare_python() -> float:
    code = "print(next(l for l in open('/proc/self/status') if l.startswith('VmRSS')).split()[1])"
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout) / 1024


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
