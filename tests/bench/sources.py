"""A thousand sources on one daemon, each on a host of its own that takes 200 ms to answer.

Asked four times as often as they would be, so that the figures need two minutes rather than ten; CPU is scaled back.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SOURCES = int(os.environ.get("REPMON_BENCH_SOURCES", "1000"))
FASTER = 4
EVERY = 300 // FASTER
ANSWER_AFTER = 0.2
MEASURED = EVERY
ENTRY = (
    "<item><guid>{n}</guid><title>Visit {n}</title><description>The soup was cold.</description>"
    "<pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item>"
)
FEED = (
    "<rss version='2.0'><channel><title>Guests</title>"
    + "".join(ENTRY.format(n=n) for n in range(10))
    + "</channel></rss>"
).encode()
HEAD = '[http]\nallow = ["127.0.0.0/8"]\n[web]\nlisten = false\n[health]\nlisten = false\n'


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        time.sleep(ANSWER_AFTER)
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\ncontent-length: {len(FEED)}\r\n\r\n"
        self.wfile.write(head.encode() + FEED)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024


def rows() -> Iterable[tuple[str, str, str, str]]:
    """CPU at one poll in five minutes a source, how many polls came in time, and how the memory grew."""
    server = _Server(("0.0.0.0", 0), _Site)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _configure(folder, server.server_address[1])
        command = [sys.executable, "-m", "repmon", "--config", str(folder / "config.toml"), "run"]
        daemon = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield from _measured(daemon.pid, folder)
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(60)
            server.shutdown()


def _measured(pid: int, folder: Path) -> Iterable[tuple[str, str, str, str]]:
    started = time.monotonic()
    while _polls(folder) < SOURCES:
        time.sleep(0.5)
        if time.monotonic() - started > 300:
            raise TimeoutError(f"only {_polls(folder)} of {SOURCES} sources were read once")
    first = time.monotonic() - started
    memory, cpu, polls, began = _resident(pid), _cpu(pid), _polls(folder), time.monotonic()
    time.sleep(MEASURED)
    wall, made = time.monotonic() - began, _polls(folder) - polls
    share = (_cpu(pid) - cpu) / wall / (made / wall) * (SOURCES / 300)
    yield f"{SOURCES:,} sources every 5 min, first reads", f"{first:.0f} s", "", ""
    yield f"{SOURCES:,} sources every 5 min, CPU", f"{share:.1%} of a core", f"at {made / wall:.0f} polls/s", "< 25 %"
    wanted = SOURCES * wall / EVERY
    yield f"{SOURCES:,} sources, polls made at four times that", f"{made}", f"due {wanted:.0f}", "all"
    yield f"{SOURCES:,} sources, memory grown", f"{_resident(pid) - memory:.1f} MB", f"from {memory:.0f} MB", "< 30 MB"


def _configure(folder: Path, port: int) -> None:
    source = '[[sources]]\nid = "s{n}"\nconnector = "feed"\nurl = "http://127.{a}.{b}.1:{port}/f"\nevery = "{every}s"\n'
    some = (source.format(n=n, a=1 + n // 200, b=n % 200, port=port, every=EVERY) for n in range(SOURCES))
    (folder / "config.toml").write_text(HEAD + "".join(some), encoding="utf-8")


def _polls(folder: Path) -> int:
    try:
        with sqlite3.connect(folder / "repmon.db", timeout=10) as connection:
            found: int = connection.execute("SELECT coalesce(sum(polls), 0) FROM source").fetchone()[0]
        connection.close()
    except sqlite3.OperationalError:  # it is being made
        return 0
    return found


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    line = next(each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
