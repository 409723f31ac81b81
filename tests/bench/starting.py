"""How long a command takes to begin, beside Python's own start."""

import subprocess
import sys
import time
from collections.abc import Iterable, Sequence

TRIES = 7


def rows() -> Iterable[tuple[str, str, str, str]]:
    """`repmon --help`, best of several, as the shell sees it."""
    python = _best([sys.executable, "-c", "pass"])
    ours = _best([sys.executable, "-m", "repmon", "--help"])
    yield "repmon --help", f"{ours * 1000:.0f} ms", f"python {python * 1000:.0f} ms", "< 300 ms"


def _best(command: Sequence[str]) -> float:
    times = []
    for _ in range(TRIES):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return min(times)
