"""Run every benchmark and print one table. Figures are for reading, never asserted in a test."""

import sys
from collections.abc import Callable, Iterable

from tests.bench import alert, bursts, desk, idle, importing, outbox, quiet, scoring, sources, starting

Row = tuple[str, str, str, str]
BENCHES: dict[str, Callable[[], Iterable[Row]]] = {
    "score": scoring.rows,
    "import": importing.rows,
    "start": starting.rows,
    "idle": idle.rows,
    "quiet": quiet.rows,
    "bursts": bursts.rows,
    "desk": desk.rows,
    "alert": alert.rows,
    "outbox": outbox.rows,
    "sources": sources.rows,
}


def main(wanted: list[str]) -> None:
    """Run the named benchmarks, or all."""
    print(f"{'what':<46} {'repmon':>16} {'beside':>22} {'aim':>14}")
    for name, bench in BENCHES.items():
        if wanted and name not in wanted:
            continue
        for what, figure, beside, aim in bench():
            print(f"{what:<46} {figure:>16} {beside:>22} {aim:>14}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
