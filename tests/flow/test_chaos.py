"""Channels that fail, hang and come back, and kill -9 at random points: nothing lost, and hardly anything repeated.

`make chaos ROUNDS=500` runs more rounds, half of them with grouping; REPMON_KILL_SEED repeats a run. A message counts
as lost when the database says that it arrived, or should have, and the channel never took it.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest

from repmon.steps.messages.reference import reference_of
from tests.flow.chaos import CHANNELS, Channels
from tests.flow.daemons import HEAD, Place, Process
from tests.flow.peers import Site

ROUNDS = int(os.environ.get("REPMON_CHAOS_ROUNDS", "25"))
SEED = int(os.environ.get("REPMON_KILL_SEED", random.SystemRandom().randrange(10**6)))
IN_FLIGHT = 3
"""So many messages may be between their sending and its record when a process dies."""
IDLE = 2.0
"""Seconds without a message after which a round is over, whether its point has come or not."""
SOON = (0, 0, 0, 0.005, 0.05, 0.3)
COMMANDS = {"run": ["run"], "poll": ["poll"], "retry": ["deliveries", "--retry"]}
SENT = """
SELECT one.channel, CASE WHEN EXISTS (SELECT 1 FROM delivery AS other WHERE other.bundle_id = one.id)
THEN 'bundle/' ELSE '' END || event.key
FROM delivery AS one JOIN event ON event.id = event_id WHERE one.state = 'delivered' AND one.bundle_id IS NULL
"""
"""Every message that went out, by what its reference is made of; of several alerts in one message the first."""


@dataclass
class Killer:
    """Kills the process of a round at one random point of its work, from inside the servers it talks to."""

    site: Site
    channels: Channels
    rng: random.Random
    points: Counter[str] = field(default_factory=Counter)

    def kill(self, process: Process) -> None:
        """Let the process work until its point has come, its work is done, or the round has lasted long enough."""
        point = self.rng.choices(["start", "page", "message", "a while"], [1, 2, 6, 3])[0]
        countdown = self.rng.randint(1, {"page": 2, "message": 6}.get(point, 1))
        lock, contact = threading.Lock(), [float("inf")]

        def met(what: str) -> None:
            nonlocal countdown
            with lock:
                if what == "message" or contact[0] == float("inf"):  # a daemon asks for pages for ever
                    contact[0] = time.monotonic()
                countdown -= what == point or (what == "message" and point == "a while")
                if countdown == 0:
                    countdown = -1
                    _kill_later(process, self.rng.uniform(0.0, 2.0) if point == "a while" else self.rng.choice(SOON))

        self.site.on_page, self.channels.on_message = (lambda _start: met("page")), (lambda: met("message"))
        if point == "start":
            _kill_later(process, self.rng.uniform(0.0, 3.0))
        idle = not _ended(process, contact)
        if process.popen.returncode == -signal.SIGKILL:
            self.points["idle" if idle else point] += 1


def _ended(process: Process, contact: list[float]) -> bool:
    """Wait for the end of the process; false when it was idle for so long that it was killed for that."""
    while process.popen.poll() is None:
        if time.monotonic() - contact[0] > IDLE:
            process.popen.kill()
            process.wait()
            return False
        time.sleep(0.02)
    return True


def _kill_later(process: Process, seconds: float) -> None:
    if seconds:
        threading.Timer(seconds, process.popen.kill).start()
    else:
        process.popen.kill()


@pytest.mark.slow
@pytest.mark.parametrize(("group", "rounds"), [("false", (ROUNDS + 1) // 2), ("true", ROUNDS // 2)])
def test_no_chaos_loses_a_message(place, capsys, group, rounds):
    rng = random.Random(SEED)
    written = 0
    with Site(page=10) as site, Channels() as channels:
        head = HEAD.replace("group = false", f"group = {group}")
        place.write(site.source(every="1s"), channels.lines(), head=head)
        _calm(place, site, channels)
        killer = Killer(site, channels, rng)
        for _ in range(rounds):
            for _ in range(rng.randint(0, 12)):
                written += 1
                site.add(f"r{written}", f"Mark-{written:06} The soup was cold and nobody cared.")
            channels.be(rng)
            with place.begin(*COMMANDS[rng.choice(list(COMMANDS))]) as process:
                killer.kill(process)
        _calm(place, site, channels)
        took = channels.took.copy()
    killed = killer.points.total()
    due = {(channel, reference_of(key)) for channel, key in place.rows(SENT)}
    lost, repeated = due - took.keys(), took.total() - len(took)
    bundled = place.one("SELECT count(*) FROM delivery WHERE bundle_id IS NOT NULL")
    with capsys.disabled():
        print(f"\nseed {SEED}, grouping {group}: {killed} kills in {rounds} rounds at {dict(killer.points)}; "
              f"channels met {dict(channels.met)}; {written} reviews, {len(due)} messages, "
              f"{bundled} alerts in others' messages, {len(lost)} lost, {repeated} repeated")  # fmt: skip
    assert lost == set()
    assert took.keys() - due == set(), "nothing was sent that is not on record"
    assert repeated <= IN_FLIGHT * killed
    assert killed > 0
    _whole(place, written)


def _whole(place: Place, written: int) -> None:
    """Every review is stored once, and told on every channel."""
    assert place.one("SELECT count(*) FROM review") == written
    told = """SELECT delivery.channel, count(DISTINCT review_id) FROM delivery JOIN event ON event.id = event_id
              WHERE kind = 'review.new' AND delivery.state = 'delivered' GROUP BY 1"""
    assert dict(place.rows(told)) == dict.fromkeys(CHANNELS, written)
    assert place.rows("SELECT DISTINCT state FROM delivery") == [("delivered",)]
    assert place.one("PRAGMA integrity_check") == "ok"


def _calm(place: Place, site: Site, channels: Channels) -> None:
    """A poll that nobody disturbs, and once more what had failed; all channels take what they are sent."""
    site.on_page, channels.on_message = (lambda _start: None), (lambda: None)
    channels.be()
    for command in ("poll", "retry"):
        with place.begin(*COMMANDS[command]) as process:
            assert process.wait(240) == 0, process.log
