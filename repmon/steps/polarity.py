"""How a text speaks of a spot in it: by the scored words of the same clause, else of the same sentence."""

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from typing import Literal

from repmon.review import Reason
from repmon.steps.phrases import TOKEN, fold

Polarity = Literal["positive", "negative", "mixed", "neutral"]

_SENTENCE_END = re.compile(r"[.!?…\n]+")
_CLAUSE_END = re.compile(r"[.!?…\n,;:()\u2013\u2014]+")
_BOTH = 1 / 3
"""From this share of the stronger side on, the weaker side counts as well and the verdict is `mixed`."""


class Verdicts:
    """The scored words of one text, summed for each of its clauses and sentences."""

    def __init__(self, text: str, parts: Sequence[Reason], contrast: frozenset[str]) -> None:
        folded = fold(text)
        self._sentences = [end.end() for end in _SENTENCE_END.finditer(folded)]
        self._clauses = [end.end() for end in _CLAUSE_END.finditer(folded)]
        for token in TOKEN.finditer(folded):
            if token[0] in contrast:
                insort(self._clauses, token.start())
        self._by_clause: dict[int, list[float]] = {}
        self._by_sentence: dict[int, list[float]] = {}
        for at, value in _located(folded, parts):
            side = int(value < 0)
            self._by_clause.setdefault(bisect_right(self._clauses, at), [0.0, 0.0])[side] += abs(value)
            self._by_sentence.setdefault(bisect_right(self._sentences, at), [0.0, 0.0])[side] += abs(value)

    def of(self, places: Iterable[int]) -> Polarity:
        """Tell what is said at these offsets, taken together."""
        good = bad = 0.0
        for at in places:
            sums = self._by_clause.get(bisect_right(self._clauses, at))
            sums = sums or self._by_sentence.get(bisect_right(self._sentences, at)) or [0.0, 0.0]
            good, bad = good + sums[0], bad + sums[1]
        if good and bad and min(good, bad) >= _BOTH * max(good, bad):
            return "mixed"
        if good == bad:
            return "neutral"
        return "positive" if good > bad else "negative"


def _located(folded: str, parts: Sequence[Reason]) -> Iterable[tuple[int, float]]:
    """Each scored word with its offset; equal words are taken to stand in their order; what is not there is left."""
    after: dict[str, int] = {}
    for part in parts:
        words = fold(part.text)
        at = folded.find(words, after.get(words, 0)) if words and part.value else -1
        if at >= 0:
            after[words] = at + len(words)
            yield at, part.value
