"""How a text speaks of a spot in it: by the scored words of the same clause, else of the same sentence."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from repmon.review import Reason
from repmon.steps.phrases import fold

Polarity = Literal["positive", "negative", "mixed", "neutral"]

_SENTENCE_END = re.compile(r"[.!?…\n]+")
_CLAUSE_END = re.compile(r"[.!?…\n,;:()\u2013\u2014]+")
_BOTH = 1 / 3
"""From this share of the stronger side on, the weaker side counts as well and the verdict is `mixed`."""
_NOTHING = (0.0, 0.0)
_Sums = dict[int, list[float]]
"""Which stretch of a text → what is said there for and against."""


class Verdicts:
    """The scored words of one text, summed for each of its clauses and, where these are silent, sentences."""

    __slots__ = ("_by_clause", "_by_sentence", "_clauses", "_located", "_sentences", "_text")

    def __init__(self, text: str, parts: Sequence[Reason], turns: Sequence[int]) -> None:
        """`turns` are the offsets of words that part a sentence where it turns, like "but"."""
        self._text = text
        self._located = _located(fold(text), parts)
        self._clauses = [end.end() for end in _CLAUSE_END.finditer(text)]
        if turns:
            self._clauses = sorted([*self._clauses, *turns])
        self._by_clause = _summed(self._located, self._clauses)
        self._sentences: list[int] = []
        self._by_sentence: _Sums | None = None

    def of(self, places: Sequence[int]) -> Polarity:
        """Tell what is said at these offsets, taken together."""
        good = bad = 0.0
        for at in places:
            said = self._by_clause.get(bisect_right(self._clauses, at)) or self._in_sentence(at)
            good, bad = good + said[0], bad + said[1]
        if good and bad and min(good, bad) >= _BOTH * max(good, bad):
            return "mixed"
        if good == bad:
            return "neutral"
        return "positive" if good > bad else "negative"

    def _in_sentence(self, at: int) -> Sequence[float]:
        if not self._located:
            return _NOTHING
        if self._by_sentence is None:
            self._sentences = [end.end() for end in _SENTENCE_END.finditer(self._text)]
            self._by_sentence = _summed(self._located, self._sentences)
        return self._by_sentence.get(bisect_right(self._sentences, at), _NOTHING)


def _summed(located: Sequence[tuple[int, float]], ends: Sequence[int]) -> _Sums:
    sums: _Sums = {}
    for at, value in located:
        stretch = bisect_right(ends, at)
        if stretch not in sums:
            sums[stretch] = [0.0, 0.0]
        sums[stretch][value < 0] += abs(value)
    return sums


def _located(folded: str, parts: Sequence[Reason]) -> list[tuple[int, float]]:
    """Each scored word with its offset; equal words are taken to stand in their order; what is not there is left."""
    after: dict[str, int] = {}
    located: list[tuple[int, float]] = []
    for part in parts:
        words = part.text.lower() if part.text.isascii() else fold(part.text)
        at = folded.find(words, after.get(words, 0)) if words and part.value else -1
        if at >= 0:
            after[words] = at + len(words)
            located.append((at, part.value))
    return located
