"""The whole pipeline on a first read: parse, store, score, topics and store again, beside bare vaderSentiment."""

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench import texts

NUMBER = 40_000
AIM = ">= 0.7"
CONFIG = '[web]\nlisten = false\n\n[[sources]]\nid = "all"\nconnector = "file"\npath = "none.csv"\n'
VADER = """
import csv, sys, time
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
csv.field_size_limit(10**7)
texts = [row["text"] for row in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8"))]
analyser = SentimentIntensityAnalyzer()
began = time.perf_counter()
for text in texts:
    analyser.polarity_scores(text)
print(time.perf_counter() - began)
"""


def rows() -> Iterable[tuple[str, str, str, str]]:
    """One row for invented texts, one for real ones where there are any."""
    yield _row("invented", texts.generated(NUMBER))
    found = texts.real(NUMBER)
    if found:
        yield _row("real", found)


def _row(kind: str, reviews: Sequence[tuple[str, int]]) -> tuple[str, str, str, str]:
    """Vader is measured before and after, since a machine is not equally fast all the time."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "config.toml").write_text(CONFIG, encoding="utf-8")
        file, one = _written(place / "many.csv", reviews), _written(place / "one.csv", reviews[:1])
        _import(place, one)  # makes the database
        before = _vader(file)
        start_up = _import(place, one)
        seconds = _import(place, file) - start_up
        bare = (before + _vader(file)) / 2
    rate, vader = len(reviews) / seconds, len(reviews) / bare
    what = f"import of {len(reviews):,} {kind} reviews, ratio {rate / vader:.2f}"
    return what, f"{rate:,.0f}/s", f"vader {vader:,.0f}/s", AIM


def _written(file: Path, reviews: Sequence[tuple[str, int]]) -> Path:
    with file.open("w", newline="", encoding="utf-8") as out:
        write = csv.writer(out)
        write.writerow(["id", "text", "rating", "written_at", "author"])
        for number, (text, stars) in enumerate(reviews):
            write.writerow([f"{file.stem}-{number}", text, stars, "2025-03-01T10:00:00Z", "A guest"])
    return file


def _import(place: Path, file: Path) -> float:
    command = [sys.executable, "-m", "repmon", "--config", place / "config.toml", "import", file, "--source", "all"]
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def _vader(file: Path) -> float:
    done = subprocess.run([sys.executable, "-c", VADER, file], check=True, capture_output=True, text=True)
    return float(done.stdout)
