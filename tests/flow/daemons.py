"""Real repmon processes under test: started, watched through their log, and always ended."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

import httpx

from tests.flow.peers import until

ROOT = Path(__file__).resolve().parents[2]
HEAD = """
[business]
name = "Kettle and Crumb"
[http]
allow = ["127.0.0.1"]
[web]
listen = false
[health]
listen = "127.0.0.1:0"
[alerts]
group = false
per_hour = 0
incidents = false
"""
"""How the test configurations begin: alerts one by one, so that they can be counted."""


class Place:
    """A folder with a configuration and a migrated database."""

    def __init__(self, folder: Path, template: Path | None = None) -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        self.database = folder / "repmon.db"
        if template:
            shutil.copy(template, self.database)

    def write(self, *parts: str, head: str = HEAD) -> None:
        """Write config.toml from its parts."""
        self.config.write_text(head + "".join(parts), encoding="utf-8")
        self.config.chmod(0o600)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says, also while a daemon runs on it."""
        with sqlite3.connect(self.database, timeout=10) as connection:
            found = connection.execute(query, values).fetchall()
        connection.close()
        return found

    def one(self, query: str, *values: object) -> Any:
        """The single value of a query."""
        return self.rows(query, *values)[0][0]

    def begin(self, *arguments: str, **how: Any) -> "Process":
        """Start `repmon --config … ARGUMENTS`, `run` by default."""
        return Process(self, arguments or ("run",), **how)


class Process:
    """One running repmon. Leaving it ends the process, however the test went."""

    _number = 0

    def __init__(
        self, place: Place, arguments: tuple[str, ...], *, env: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        Process._number += 1
        self._log = place.folder / f"log-{Process._number}.jsonl"
        path = os.pathsep.join([str(ROOT), str(ROOT / "connectors")])
        with self._log.open("wb") as log:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "repmon", "--config", str(place.config), *arguments],
                stdout=subprocess.DEVNULL, stderr=log, stdin=subprocess.DEVNULL, cwd=place.folder,
                env={**os.environ, "PYTHONPATH": path, **(env or {})},
                preexec_fn=before,  # noqa: PLW1509 - it asks the kernel for less, and nothing else
            )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.popen.poll() is None:
            self.popen.kill()
        self.popen.wait()

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def events(self, event: str = "") -> list[dict[str, Any]]:
        """The lines of the log so far, of one kind or all."""
        whole = [line for line in self.log.splitlines(keepends=True) if line.endswith("\n") and line.startswith("{")]
        found = [json.loads(line) for line in whole]
        return [each for each in found if each["event"] == event] if event else found

    def until(self, true: Callable[[], object], seconds: float = 40.0) -> None:
        """Wait until something is true; fail with the log when it does not become so, or the process ends before."""
        until(lambda: true() or self.popen.poll() is not None, seconds, lambda: self.log)
        assert true(), f"ended before:\n{self.log}"

    def until_ready(self) -> Self:
        self.until(lambda: self.events("ready"))
        return self

    def until_polled(self, source: str = "desk", *, times: int = 1, status: str = "ok") -> None:
        """Wait until a source has been polled so often since the process began."""

        def polls() -> int:
            return sum((each["source"], each["status"]) == (source, status) for each in self.events("polled"))

        self.until(lambda: polls() >= times)

    def health(self, path: str = "/healthz", method: str = "GET") -> httpx.Response:
        """Ask the health page."""
        self.until(lambda: self.events("health page"))
        address = self.events("health page")[0]["listen"]
        return httpx.request(method, f"http://{address}{path}", trust_env=False)

    def stop(self, number: int = signal.SIGTERM, seconds: float = 30.0) -> int:
        """Send a signal and wait for the end; the exit status."""
        self.popen.send_signal(number)
        return self.wait(seconds)

    def wait(self, seconds: float = 30.0) -> int:
        """Wait for the end; the exit status."""
        return self.popen.wait(seconds)
