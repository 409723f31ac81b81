"""How a text speaks of a spot in it: by the scored words of the same clause, else of the same sentence."""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import Literal

from repmon.review import Reason
from repmon.steps.understanding.phrases import fold

Polarity = Literal["positive", "negative", "mixed", "neutral"]

_SENTENCE_END = re.compile(r"[.!?…\n]+")
_CLAUSE_END = re.compile(r"[.!?…\n,;:()\u2013\u2014]+")
_BOTH = 1 / 3
"""From this share of the stronger side on, the weaker side counts as well and the verdict is `mixed`."""
_NOTHING = (0.0, 0.0)
_Located = list[tuple[int, float]]
"""Scored words: offset and value."""
_Sums = dict[int, tuple[float, float]]
"""Which stretch of a text → what is said there for and against."""


def polarities(
    text: str, parts: Sequence[Reason], turns: Sequence[int], spots: Collection[Sequence[int]]
) -> list[Polarity]:
    """Tell, for each spot, what is said at its offsets, taken together.

    `parts` are the scored words, `turns` the offsets of words that part a sentence where it turns, like "but".
    """
    one_sentence = _is_one_sentence(text)
    if one_sentence and (side := _one_side(text, parts)):
        return [side] * len(spots)
    located = _located(text, parts)
    if not located:
        return ["neutral"] * len(spots)
    good = located[0][1] > 0
    for _, value in located:
        if (value > 0) is not good:
            return _weighed(text, located, turns, spots)
    side = "positive" if good else "negative"
    return [side] * len(spots) if one_sentence else _spoken_of(side, text, located, spots)


def _is_one_sentence(text: str) -> bool:
    """Tell whether nothing but the last character may end a sentence; five searches are faster than one pattern."""
    body = text[:-1]
    return "." not in body and "!" not in body and "\n" not in body and "?" not in body and "…" not in body


def _one_side(text: str, parts: Sequence[Reason]) -> Polarity | None:
    """Give the side that all parts are on, where the first of them is seen to stand in the text; None where unclear."""
    good = parts[0].value > 0
    for part in parts:
        if (part.value > 0) is not good or not part.value:
            return None
    first = parts[0].text
    return ("positive" if good else "negative") if first and first in text else None


def _spoken_of(side: Polarity, text: str, located: _Located, spots: Collection[Sequence[int]]) -> list[Polarity]:
    """All is for it or all against, as in most texts: then a clause tells nothing that its sentence does not."""
    ends = [end.end() for end in _SENTENCE_END.finditer(text)]
    spoken = {bisect_right(ends, at) for at, _ in located}
    places = [[bisect_right(ends, at) for at in spot] for spot in spots]
    return ["neutral" if spoken.isdisjoint(spot) else side for spot in places]


def _weighed(text: str, located: _Located, turns: Sequence[int], spots: Collection[Sequence[int]]) -> list[Polarity]:
    """Sum for and against by clause and, where these are silent, by sentence."""
    clauses = sorted([*[end.end() for end in _CLAUSE_END.finditer(text)], *turns])
    by_clause = _summed(located, clauses)
    sentences: list[int] = []
    by_sentence: _Sums | None = None
    found: list[Polarity] = []
    for spot in spots:
        good = bad = 0.0
        for at in spot:
            said = by_clause.get(bisect_right(clauses, at))
            if said is None:  # then the sentences are worth being looked for
                if by_sentence is None:
                    sentences = [end.end() for end in _SENTENCE_END.finditer(text)]
                    by_sentence = _summed(located, sentences)
                said = by_sentence.get(bisect_right(sentences, at), _NOTHING)
            praise, blame = said
            good, bad = good + praise, bad + blame
        found.append(_side(good, bad))
    return found


def _side(good: float, bad: float) -> Polarity:
    if good and bad and min(good, bad) >= _BOTH * max(good, bad):
        return "mixed"
    if good == bad:
        return "neutral"
    return "positive" if good > bad else "negative"


def _summed(located: _Located, ends: Sequence[int]) -> _Sums:
    sums: _Sums = {}
    for at, value in located:
        stretch = bisect_right(ends, at)
        good, bad = sums.get(stretch, _NOTHING)
        sums[stretch] = (good + value, bad) if value > 0 else (good, bad - value)
    return sums


def _located(text: str, parts: Sequence[Reason]) -> _Located:
    """Each scored word with its offset; equal words are taken to stand in their order; what is not there is left."""
    lower = text.lower()
    folded = lower if len(lower) == len(text) else fold(text)
    after: dict[str, int] = {}
    located: _Located = []
    for part in parts:
        value = part.value
        words = part.text.lower()
        at = folded.find(words, after.get(words, 0))
        if at >= 0 and value and words:
            after[words] = at + len(words)
            located.append((at, value))
    return located
