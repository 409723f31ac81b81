"""From the site's answer that shows a new unhappy review to the channel's request about it, with a real daemon."""

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from re import findall

from tests.flow.daemons import Place
from tests.flow.peers import Sink, Site, until

ALERTS = 30
RULE = """
[[rules]]
name = "unhappy"
when = { events = ["review.new", "review.edited"], unhappy = true }
notify = ["owner"]
urgency = "urgent"
"""


def rows() -> Iterable[tuple[str, str, str, str]]:
    """The median and the 95th percentile, without grouping."""
    with tempfile.TemporaryDirectory() as folder:
        delays = sorted(_delays(Place(Path(folder))))
    p50, p95 = statistics.median(delays), delays[round(0.95 * len(delays)) - 1]
    what = f"answer to alert, urgent, {ALERTS} alerts"
    yield f"{what}: median", f"{p50 * 1000:.0f} ms", "", ""
    yield f"{what}: p95", f"{p95 * 1000:.0f} ms", f"worst {delays[-1] * 1000:.0f} ms", "< 300 ms"


def _delays(place: Place) -> list[float]:
    shown: dict[str, float] = {}
    told: dict[str, float] = {}
    lock = threading.Lock()

    with Site() as site, Sink() as sink:

        def answering(_start: int) -> None:
            """Note which reviews an answer shows first; it has not been sent yet, so nothing is left out."""
            with lock:
                for name in site.reviews:
                    shown.setdefault(name, time.perf_counter())

        def got(message: str) -> None:
            with lock:
                for name in findall(r"mark-\d+", message):
                    told.setdefault(name, time.perf_counter())

        site.on_page, sink.on_message = answering, got
        site.add("old", "It was fine.", 5)
        place.write(site.source(every="1s"), sink.channel(), RULE)
        subprocess.run([sys.executable, "-m", "repmon", "--config", place.config, "poll"], check=True,
                       capture_output=True)  # fmt: skip
        with place.begin() as daemon:
            daemon.until_polled(times=2)
            for number in range(ALERTS):
                name = f"mark-{number:03}"
                site.add(name, f"The soup was cold and nobody cared, {name}.")
                until(lambda name=name: name in told, 30)
            daemon.stop()
    return [told[name] - shown[name] for name in told]
