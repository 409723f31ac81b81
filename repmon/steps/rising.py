"""Which phrases reviews use more than they did in the weeks before: counted by review, and tested before it is said."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, lgamma
from typing import Literal

from repmon.steps.understanding.phrases import TOKEN, fold
from repmon.steps.understanding.plainwords import LANGUAGES_OF

Side = Literal["praise", "complaint"]

_LEAST_REVIEWS = 3
"""Fewer reviews than this are a coincidence, whatever a test says."""
_LONGEST_PHRASE, _SHORTEST_WORD = 3, 3
_FALSE_SHARE = 0.05
"""Of all phrases named at most this share may be chance (Benjamini & Hochberg 1995)."""
_TIMES = 2.0
"""And a phrase has to be at least so many times as frequent as before to be worth saying."""
_SAME = 0.8
_GLUE = " -'\u2019"
"""What may stand between the words of a phrase."""
_MOST_READ = 5_000


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one review, and whether they complain."""

    text: str
    complaint: bool


@dataclass(frozen=True, slots=True)
class Rising:
    """A phrase in `count` of `of` recent reviews that was in `before` of `before_of` earlier ones.

    `p` is the chance of such a rise, or a greater one, where nothing changed.
    """

    phrase: str
    side: Side
    count: int
    of: int
    before: int
    before_of: int
    p: float


def rising(recent: Sequence[Said], earlier: Sequence[Said]) -> tuple[Rising, ...]:
    """Name the phrases on the rise, most certain first; a text posted twice counts once.

    A review either has a phrase or has it not, so Fisher's exact test (one-sided) compares the two spans of time. The
    share is of all reviews of the time: where complaints as a whole get more frequent, their phrases rise, too. Of
    phrases that stand in the same reviews the surest is named, of those the one that says most.
    """
    recent, earlier = list(dict.fromkeys(recent)), list(dict.fromkeys(earlier))
    if not earlier:
        return ()
    found = [one for side in (True, False) for one in _of_side(recent, earlier, complaint=side)]
    return tuple(sorted(found, key=lambda one: (one.p, one.phrase)))


def fisher(count: int, of: int, before: int, before_of: int) -> float:
    """Give the chance that so many of the `count + before` reviews or more are among the `of` (hypergeometric)."""
    total = count + before
    whole = _log_choose(of + before_of, total)
    most = min(of, total)
    return min(1.0, sum(
        exp(_log_choose(of, k) + _log_choose(before_of, total - k) - whole)
        for k in range(max(count, total - before_of), most + 1)
    ))  # fmt: skip


def _of_side(recent: Sequence[Said], earlier: Sequence[Said], *, complaint: bool) -> Iterator[Rising]:
    places: dict[str, set[int]] = {}
    shown: dict[str, str] = {}
    for at, said in enumerate(recent):
        if said.complaint == complaint:
            for phrase, words in _phrases(said.text):
                places.setdefault(phrase, set()).add(at)
                shown.setdefault(phrase, words)
    known = {phrase for phrase, those in places.items() if len(those) >= _LEAST_REVIEWS}
    before = Counter(
        phrase for said in earlier if said.complaint == complaint
        for phrase in {phrase for phrase, _ in _phrases(said.text)} & known
    )  # fmt: skip
    tested = sorted(
        (fisher(len(places[phrase]), len(recent), before[phrase], len(earlier)), *_emptiness(phrase), phrase)
        for phrase in known
    )
    kept: list[str] = []
    for p, *_, phrase in tested[: _certain([p for p, *_ in tested])]:
        count = len(places[phrase])
        grown = count * len(earlier) >= _TIMES * before[phrase] * len(recent)
        if grown and not any(_alike(places[phrase], places[other]) for other in kept):
            kept.append(phrase)
            yield Rising(shown[phrase], "complaint" if complaint else "praise", count, len(recent), before[phrase],
                         len(earlier), p)  # fmt: skip


def _phrases(text: str) -> Iterator[tuple[str, str]]:
    """Each phrase of up to three words as (folded, as written), none that begins or ends with a plain word."""
    text = text[:_MOST_READ]
    folded = fold(text)
    tokens = [(token[0], *token.span()) for token in TOKEN.finditer(folded)]
    for first, (word, start, _) in enumerate(tokens):
        if not _tells(word):
            continue
        for last in range(first, min(first + _LONGEST_PHRASE, len(tokens))):
            if last > first and text[tokens[last - 1][2] : tokens[last][1]].strip(_GLUE):
                break
            if _tells(tokens[last][0]):
                phrase = " ".join(token[0] for token in tokens[first : last + 1])
                yield phrase, " ".join(text[start : tokens[last][2]].lower().split())


def _emptiness(phrase: str) -> tuple[int, int]:
    """Order phrases: those with many telling words first, then those with few others."""
    words = phrase.split()
    return -sum(map(_tells, words)), len(words)


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word not in LANGUAGES_OF and not word.isdecimal()


def _certain(chances: Sequence[float]) -> int:
    """How many of the sorted chances may be named so that few are chance."""
    passed = [rank for rank, p in enumerate(chances, start=1) if p <= _FALSE_SHARE * rank / len(chances)]
    return max(passed, default=0)


def _alike(one: set[int], other: set[int]) -> bool:
    return len(one & other) >= _SAME * min(len(one), len(other))


def _log_choose(whole: int, part: int) -> float:
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
