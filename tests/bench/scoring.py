"""The scorer with its reasons beside bare vaderSentiment and TextBlob: how fast, how right, and how it grows."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median
from typing import Any

from textblob.en.sentiments import PatternAnalyzer
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from repmon.review import Reason, Review, Sentiment
from repmon.steps.understanding.score import score
from repmon.steps.understanding.topics import topics_of
from tests.bench import texts

EVERYTHING, NUMBER, ROUND, LONG = 1_000_000, 12_000, 250, 300
JUDGED, EVERY = 8_000, 8
TURNS, SHARE = 3, 50  # TextBlob is slow and reads a share only
SIZES = (10_000, 100_000, 1_000_000)
GROWING = {"review": "The soup was not very good, but the staff was lovely! ", "word": "terrible ",
           "emoji": "\U0001f60d\U0001f44e", "no spaces": "x"}  # fmt: skip
NEGATIVE = -0.05
MEMORY = """
from pathlib import Path
from tests.bench import texts
def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
import repmon.config, repmon.store.database
given = [text for text, _ in texts.real(20_000) or texts.generated(20_000)] + ["Das Essen war kalt", "Le repas"]
before = resident()
from repmon.review import Review
from repmon.steps.understanding.score import score
for text in given:
    score(Review("bench", "1", text=text))
print(resident() - before)
"""
_vader = SentimentIntensityAnalyzer()
_pattern = PatternAnalyzer()

Row = tuple[str, str, str, str]


def rows() -> Iterable[Row]:
    """Speed for all texts and for long ones, accuracy where there are stars, growth and memory."""
    reviews = texts.real(EVERYTHING)
    kind = "Google" if reviews else "invented"
    given = [text for text, _ in reviews or texts.generated(NUMBER)]
    yield from _speed(f"{kind}, all", given[:NUMBER], ">= 2 x")
    yield from _speed(f"{kind}, {LONG}+ letters", [text for text in given if len(text) >= LONG][:NUMBER], ">= 3 x")
    yield from _accuracy(reviews)
    yield from (_growth(name, words) for name, words in GROWING.items())
    added = float(subprocess.run([sys.executable, "-c", MEMORY], check=True, capture_output=True).stdout)
    yield "memory for language and scoring", f"{added:.0f} MB", "", "<= 30 MB"


def _speed(what: str, given: Sequence[str], aim: str) -> Iterator[Row]:
    """The sides take turns with a few hundred texts at a time; the median of all counts, in processor time."""
    if len(given) < ROUND:
        return
    _by_repmon(_reviews(given[:ROUND]))  # the word lists are read at first use
    rounds = [_round(given[at : at + ROUND]) for at in range(0, len(given) - ROUND + 1, ROUND)]
    ours, vader, topics, blob = zip(*rounds, strict=True)
    faster = median(v / o for v, o in zip(vader, ours, strict=True))
    share = median(t / v for t, v in zip(topics, vader, strict=True))
    yield f"score with reasons, {what}: {faster:.2f} x", _rate(ours), f"vader {_rate(vader)}", aim
    yield f"TextBlob, {what}", _rate(blob), f"vader {_rate(vader)}", ""
    yield f"topics, {what}: {share:.2f} of vader's time", _rate(topics), f"vader {_rate(vader)}", "< 0.25"


def _round(given: Sequence[str]) -> tuple[float, float, float, float]:
    """Take the seconds of each side, side after side, the best of three turns."""
    reviews = _reviews(given)
    read = [(text, one.reasons) for text, one in zip(given, _by_repmon(reviews), strict=True)]
    turns = [
        (_once(_by_repmon, reviews), _once(_by_vader, given), _once(_topics, read), _once(_by_textblob, given[:SHARE]))
        for _ in range(TURNS)
    ]
    ours, vader, topics, blob = map(min, zip(*turns, strict=True))
    return ours, vader, topics, blob * len(given) / SHARE


def _rate(times: Sequence[float]) -> str:
    return f"{ROUND / median(times):,.0f}/s"


def _once(each: Callable[[Sequence[Any]], Any], given: Sequence[Any]) -> float:
    began = time.process_time()
    each(given)
    return time.process_time() - began


def _reviews(given: Sequence[str]) -> list[Review]:
    return [Review("bench", str(place), text=text, language="en") for place, text in enumerate(given)]


def _by_repmon(given: Sequence[Review]) -> list[Sentiment]:
    return [score(review) for review in given]


def _by_vader(given: Sequence[str]) -> list[float]:
    return [_vader.polarity_scores(text)["compound"] for text in given]


def _by_textblob(given: Sequence[str]) -> list[float]:
    return [_pattern.analyze(text)[0] for text in given]


def _topics(read: Sequence[tuple[str, Sequence[Reason]]]) -> list[object]:
    return [topics_of(text, "en", "restaurant", parts=reasons) for text, reasons in read]


def _accuracy(reviews: Sequence[tuple[str, int]] | None) -> Iterator[Row]:
    """By the words alone: 1-2 stars are negative, 4-5 are not, 3 are left out. Every eighth review."""
    if not reviews:
        return
    judged = [(text, stars <= 2) for text, stars in reviews[::EVERY][:JUDGED] if stars != 3]
    given, truth = [text for text, _ in judged], [bad for _, bad in judged]
    found = {
        "repmon": [read.label == "negative" for read in _by_repmon(_reviews(given))],
        "vader": [compound <= NEGATIVE for compound in _by_vader(given)],
        "textblob": [polarity <= NEGATIVE for polarity in _by_textblob(given)],
    }
    figures = {name: _figures(truth, said) for name, said in found.items()}
    for place, what in enumerate(("macro-F1", "recall of negatives", "precision of negatives")):
        beside = ", ".join(f"{name} {figures[name][place]:.3f}" for name in ("vader", "textblob"))
        yield f"{what}, {len(truth):,} Google texts", f"{figures['repmon'][place]:.3f}", beside, ""


def _figures(truth: Sequence[bool], said: Sequence[bool]) -> tuple[float, float, float]:
    """Macro-F1, and recall and precision of what is negative."""
    pairs = list(zip(truth, said, strict=True))
    right, missed, alarms = pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True))
    quiet = pairs.count((False, False))
    f1 = [2 * hits / max(2 * hits + missed + alarms, 1) for hits in (right, quiet)]
    return sum(f1) / 2, right / max(right + missed, 1), right / max(right + alarms, 1)


def _growth(name: str, words: str) -> Row:
    """Time for each 10 kB of a text of three sizes: in linear time they are alike."""
    shown = []
    for size in SIZES:
        text = words * (size // len(words))
        spent = min(_once(_by_repmon, _reviews([text])) for _ in range(2))
        shown.append(f"{spent / size * SIZES[0] * 1000:.1f}")
    return f"ms for each 10 kB: {name}", " ".join(shown), "of 10 kB, 100 kB, 1 MB", "alike"
