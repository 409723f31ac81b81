"""kill -9 at random points: no review lost, none stored twice, every alert delivered, and hardly any repeated.

`make kill ROUNDS=200` runs more rounds; REPMON_KILL_SEED repeats a run.
"""

import json
import os
import random
import signal
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from re import search

import pytest

from tests.flow.daemons import Place, Process
from tests.flow.peers import Server, Site

ROUNDS = int(os.environ.get("REPMON_KILL_ROUNDS", "20"))
SEED = int(os.environ.get("REPMON_KILL_SEED", random.SystemRandom().randrange(10**6)))
CHANNELS = ("owner", "manager", "kitchen", "desk")
IN_FLIGHT = 3
"""So many messages may be between their sending and its record when a process dies."""


class Inbox(Server):
    """Counts how often each channel was told of each review."""

    def on_message(self) -> None:
        """Called with each message before it is answered, once it counts as received."""

    def __init__(self) -> None:
        super().__init__()
        self.told: Counter[tuple[str, str]] = Counter()

    def answer(self, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        found = search(r"Mark-\d+", json.loads(body)["message"])
        if found:
            with self.lock:
                self.told[path, found[0]] += 1
            self.on_message()
        return 200, {}, b"{}"

    def channels(self) -> str:
        return "".join(f'\n[channels.{name}]\nurls = ["json://127.0.0.1:{self.port}/{name}"]\n' for name in CHANNELS)


@dataclass
class Killer:
    """Kills the process of a round at one random point of its work, from inside the servers it talks to."""

    site: Site
    inbox: Inbox
    rng: random.Random
    points: Counter[str] = field(default_factory=Counter)

    def kill(self, process: Process, due: int) -> None:
        """Let the process, with `due` messages to send, work until its point has come, or its work is done."""
        point = self.rng.choices(["start", "page", "message", "a while"], [1, 4, 4, 3])[0]
        countdown = self.rng.randint(1, {"page": 3, "message": due}.get(point, 1))
        lock = threading.Lock()

        def step() -> None:
            nonlocal countdown
            with lock:
                countdown -= 1
                if countdown == 0:
                    self._later(process, self.rng.choice([0, 0, 0.005, 0.05, 0.3]))

        self.site.on_page = lambda _start: step() if point == "page" else None
        self.inbox.on_message = lambda: step() if point == "message" else None
        if point == "start":
            self._later(process, self.rng.uniform(0.0, 3.0))
        if point == "a while":
            self.site.on_page = lambda _start: self._later(process, self.rng.uniform(0.0, 2.0))
        with suppress(TimeoutError):
            self._wait(process)
        self.points[point] += 1

    def _wait(self, process: Process) -> None:
        """A round whose point never comes (nothing was left to send) ends after a while anyway."""
        timer = threading.Timer(15.0, process.popen.kill)
        timer.start()
        process.wait(30)
        timer.cancel()

    @staticmethod
    def _later(process: Process, seconds: float) -> None:
        if seconds:
            threading.Timer(seconds, process.popen.kill).start()
        else:
            process.popen.kill()


@pytest.mark.slow
def test_no_kill_loses_a_review_or_an_alert(place, capsys):
    rng = random.Random(SEED)
    written = 0
    with Site(page=10) as site, Inbox() as inbox:
        place.write(site.source(every="1s"), inbox.channels())
        _calm(place, site, inbox)
        killer = Killer(site, inbox, rng)
        killed = 0
        for _ in range(ROUNDS):
            for _ in range(rng.randint(1, 40)):
                written += 1
                site.add(f"r{written}", f"Mark-{written:06} The soup was cold and nobody cared.")
            with place.begin(rng.choice(["run", "poll"])) as process:
                killer.kill(process, written * len(CHANNELS) - len(inbox.told))
                killed += process.popen.returncode == -signal.SIGKILL
        _calm(place, site, inbox)
    expected = {(f"/{name}", f"Mark-{number:06}") for name in CHANNELS for number in range(1, written + 1)}
    repeated = inbox.told.total() - len(inbox.told)
    lost = len(expected - inbox.told.keys())
    stored = place.rows("SELECT external_id, count(*) FROM review GROUP BY source_id, place, external_id")
    with capsys.disabled():
        print(f"\nseed {SEED}: {killed} kills in {ROUNDS} rounds at {dict(killer.points)}; {written} reviews, "
              f"{written - len(stored)} lost, {sum(number > 1 for _, number in stored)} stored twice; "
              f"{len(expected)} alerts, {lost} lost, {repeated} repeated")  # fmt: skip
    assert {name for name, _ in stored} == {f"r{number}" for number in range(1, written + 1)}
    assert {number for _, number in stored} == {1}
    assert lost == 0
    assert repeated <= IN_FLIGHT * killed
    assert max(inbox.told.values()) <= 1 + killed
    assert place.rows("SELECT DISTINCT state FROM delivery") == [("delivered",)]
    assert place.one("PRAGMA integrity_check") == "ok"
    assert killed > 0


def _calm(place: Place, site: Site, inbox: Inbox) -> None:
    """One poll that nobody disturbs; what two hundred rounds left undone are thousands of messages."""
    site.on_page, inbox.on_message = (lambda _start: None), (lambda: None)
    with place.begin("poll") as process:
        assert process.wait(120 + 3 * ROUNDS) == 0, process.log
