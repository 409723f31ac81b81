"""What the daemon holds in memory when nothing happens: one source, one Slack and one mail target."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable
from pathlib import Path

SETTLED_AFTER = 8.0
CONFIG = """
[web]
listen = false
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
    """Resident memory and the time from start to a green health page."""
    with tempfile.TemporaryDirectory() as folder:
        place, port = Path(folder), _free_port()
        (place / "reviews.csv").write_text("id,text,rating\n1,Fine,5\n", encoding="utf-8")
        (place / "config.toml").write_text(CONFIG.format(port=port, mail=_free_port()), encoding="utf-8")
        (place / "config.toml").chmod(0o600)
        began = time.perf_counter()
        command = [sys.executable, "-m", "repmon", "--config", place / "config.toml", "run"]
        nowhere = {**os.environ, "https_proxy": "http://127.0.0.1:9"}  # Slack is not to be reached
        daemon = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=nowhere)
        try:
            ready = _until_green(port) - began
            time.sleep(SETTLED_AFTER)
            memory = _resident(daemon.pid)
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(30)
    bare = _resident_of_bare_python()
    yield "repmon run, idle, Slack and mail", f"{memory:.0f} MB", f"python {bare:.0f} MB", "<= 95 MB"
    yield "repmon run, from start to a green health page", f"{ready:.1f} s", "", ""


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
