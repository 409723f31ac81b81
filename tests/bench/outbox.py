"""A full outbox with channels that are dead or hang: how much later the good ones are done, and how memory grows.

Each run is a process of its own on a database of its own; REPMON_BENCH_OUTBOX says how many messages wait (10,000).
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from repmon.config import load
from repmon.pipeline import deliver
from repmon.store import events, outbox
from repmon.store.database import Database
from repmon.store.migrate import ensure_schema
from repmon.turn.world import World
from tests.bench import filled
from tests.flow.peers import free_port

WAITING = int(os.environ.get("REPMON_BENCH_OUTBOX", "10000"))
TARGETS, BAD = 20, 5
WARM = 10
"""Messages to each target before memory is first measured: connections, templates and pages are loaded by then."""
CONFIG = """
[web]
listen = false
[health]
listen = false
[alerts]
group = false
per_hour = 0
incidents = false
"""


def rows() -> Iterable[tuple[str, str, str, str]]:
    """The time until the good targets have everything, with and without the bad ones; then memory."""
    with _sinks() as port:
        alone = _run(port, bad=False)
        beside = _run(port, bad=True)
    good = TARGETS - BAD
    rate = WAITING / TARGETS * good / beside["seconds"]
    yield (f"{WAITING:,} waiting, {BAD} of {TARGETS} targets bad: good done", f"{beside['seconds']:.1f} s",
           f"alone {alone['seconds']:.1f} s", "")  # fmt: skip
    yield "the same as a ratio", f"{beside['seconds'] / alone['seconds']:.2f}", f"{rate:.0f} messages/s", "<= 1.3"
    yield "memory while they are sent", f"{beside['grown']:+.1f} MB", f"of {beside['memory']:.0f} MB", "flat"


@contextmanager
def _sinks() -> Iterator[int]:
    command = [sys.executable, "-m", "tests.bench.sinks"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield int(process.stdout.readline())
        process.communicate("")


def _run(port: int, *, bad: bool) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.outbox", folder, str(port), "bad" if bad else "alone"]
        quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        found: dict[str, float] = json.loads(subprocess.run(command, check=True, **quiet).stdout)
    return found


def send_all(folder: Path, port: int, *, bad: bool) -> dict[str, float]:
    """Fill an outbox and send until the good targets have everything; seconds and megabytes."""
    world = _world(folder, port, bad=bad)
    _fill(world)
    began, start = datetime.now(UTC), 0.0
    threading.Thread(target=_send, args=(world,), daemon=True).start()
    while left := _left(world):
        if not start and left <= (WAITING // TARGETS - WARM) * (TARGETS - BAD):
            start = _resident()
        time.sleep(0.2)
    world.stopping.set()
    seconds = (_last(world) - began).total_seconds()
    return {"seconds": seconds, "memory": _resident(), "grown": _resident() - start}


def _send(world: World) -> None:
    while not world.stopping.is_set():
        deliver(world, company=True)
        world.stopping.wait(0.1)


def _world(folder: Path, port: int, *, bad: bool) -> World:
    addresses = {f"good{n}": f"json://127.0.0.1:{port}/good{n}" for n in range(TARGETS - BAD)}
    if bad:
        dead = free_port()
        addresses |= {"dead0": f"json://127.0.0.1:{dead}/0", "dead1": f"json://127.0.0.1:{dead}/1",
                      "ill0": f"json://127.0.0.1:{port}/ill0", "hang0": f"json://127.0.0.1:{port}/hang0",
                      "hang1": f"json://127.0.0.1:{port}/hang1"}  # fmt: skip
    channels = (f'[channels.{name}]\nurls = ["{url}"]\n' for name, url in addresses.items())
    (folder / "config.toml").write_text(CONFIG + "".join(channels), encoding="utf-8")
    settings = load(folder / "config.toml", environ={})
    database = Database(settings.storage_url())
    ensure_schema(database)
    return World(settings, database)


def _fill(world: World) -> None:
    """Every target gets a message about every review, the bad targets' first."""
    number = WAITING // TARGETS
    filled.fill(world.database, number)
    now = datetime.now(UTC)
    keys = sorted((channel.startswith("good"), each.key, channel, each.masked)
                  for channel, those in world.channels.items() for each in those)  # fmt: skip
    with world.database.write() as session:
        session.connection().execute(text("UPDATE event SET routed_at = at"))
        for _, key, channel, masked in keys:
            outbox.know_target(session, key, masked, channel)
        for n in range(1, number + 1):
            events.raise_event(session, f"waiting/{n}", "review.new", now, source_id=1, review_id=n)
    with world.database.write() as session:
        numbers = session.connection().scalars(text("SELECT id FROM event WHERE key LIKE 'waiting/%' ORDER BY id"))
        outbox.put(session, [
            {"event_id": event, "target": key, "channel": channel, "rule": "all", "urgency": "normal"}
            for event in list(numbers) for _, key, channel, _ in keys
        ], now)  # fmt: skip


def _left(world: World) -> int:
    asked = "SELECT count(*) FROM delivery WHERE channel LIKE 'good%' AND state <> 'delivered'"
    with world.database.read() as session:
        return int(session.connection().scalar(text(asked)) or 0)


def _last(world: World) -> datetime:
    asked = "SELECT max(delivered_at) FROM delivery WHERE channel LIKE 'good%'"
    with world.database.read() as session:
        return datetime.fromisoformat(str(session.connection().scalar(text(asked)))).replace(tzinfo=UTC)


def _resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(send_all(Path(sys.argv[1]), int(sys.argv[2]), bad=sys.argv[3] == "bad")), flush=True)
    os._exit(0)  # a channel that hangs is not waited for
