"""Finds known phrases in texts: each token is looked up once, and only those that hold known words are walked."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate

from repmon.steps.understanding.phrases import TOKEN, Index, fold, one_word

_MOST_KEPT, _LONGEST_KEPT = 25_000, 40
_NOT_SPACE = re.compile(r"\S+")

Hit = tuple[int, str, str]
"""A known phrase in a text: its offset, its name, and its words as written, in lower case."""
_Place = tuple[int, int]
"""Which token, and which word of it: punctuation may part a token into several words."""
_Named = tuple[tuple[str, ...], str]
_START: _Place = (0, 0)


@dataclass(slots=True)
class Phrases:
    """What one word begins: `name` by itself ("" for nothing), and `longer` phrases, the longest first.

    `seconds` are the second words of these.
    """

    name: str
    longer: tuple[_Named, ...]
    seconds: frozenset[str]


@dataclass(slots=True)
class Spot:
    """What is known of a token: its words and where they stand, which of them begin phrases, where a sentence turns.

    `begins` holds (which word, its offset, as written in lower case, the phrases); `turns` offsets of words like "but".
    Of most tokens one word begins something: `alone` is then what it is by itself (offset, name, as written), and
    `seconds` the words that may go on from it to something longer.
    """

    words: Sequence[str]
    spans: Sequence[tuple[int, int]]
    begins: list[tuple[int, int, str, Phrases]]
    turns: list[int]
    alone: tuple[int, str, str] | None
    seconds: frozenset[str]


class Spotter(dict[str, Spot | None]):
    """Token → Spot, None for most; filled as tokens are met and emptied when full."""

    def __init__(self, known: Mapping[str, Phrases], turning: AbstractSet[str]) -> None:
        super().__init__()
        self._known = known
        self._turning = turning

    def __missing__(self, token: str) -> Spot | None:
        folded = fold(token)
        if folded.isalpha():
            heard = folded in self._known or folded in self._turning
        else:
            words = TOKEN.findall(folded)
            heard = not (self._known.keys().isdisjoint(words) and self._turning.isdisjoint(words))
        spot = self._spot(token) if heard else None
        if len(token) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[token] = spot
        return spot

    def _spot(self, token: str) -> Spot:
        words, spans = _parted(token)
        begins = [
            (place, start, token[start:end].lower(), self._known[word])
            for place, (word, (start, end)) in enumerate(zip(words, spans, strict=True)) if word in self._known
        ]  # fmt: skip
        turns = [start for word, (start, _) in zip(words, spans, strict=True) if word in self._turning]
        alone, seconds = None, frozenset[str]()
        if len(begins) == 1 and not turns:
            place, start, shown, phrases = begins[0]
            if not phrases.longer or place + 1 == len(words):
                alone, seconds = (start, phrases.name, shown), phrases.seconds
        return Spot(words, spans, begins, turns, alone, seconds)

    def find(self, text: str) -> tuple[list[Hit], list[int]]:
        """Find a text's known phrases, the longest where several begin, none overlapping; and where it turns."""
        tokens = text.split()
        spots = [(place, spot) for place, spot in enumerate(map(self.__getitem__, tokens)) if spot is not None]
        hits: list[Hit] = []
        turns: list[int] = []
        if not spots:
            return hits, turns
        before = _before(text, tokens)
        past = _START
        for place, spot in spots:
            start = before[place] + place
            alone = spot.alone
            if alone is not None and (place, 0) >= past and not (spot.seconds and _may_go_on(spot, tokens, place)):
                if alone[1]:
                    hits.append((start + alone[0], alone[1], alone[2]))
                continue
            for word, offset, shown, phrases in spot.begins:
                if past is not _START and (place, word) < past:
                    continue
                found = _longer(phrases, word, spot, tokens, place) if phrases.longer else None
                if found:
                    name, past, end = found
                    at = start + offset
                    hits.append((at, name, text[at : before[past[0]] + past[0] + end].lower()))
                elif phrases.name:
                    hits.append((start + offset, phrases.name, shown))
            turns += [start + turn for turn in spot.turns]
        return hits, turns


def _may_go_on(spot: Spot, tokens: Sequence[str], place: int) -> bool:
    """Tell by one look at the next token whether it may continue a phrase; one of several words needs a closer look."""
    if place + 1 == len(tokens):
        return False
    following = one_word[tokens[place + 1]]
    return not following or following in spot.seconds


def by_first(known: Index) -> dict[str, Phrases]:
    """First word → what it begins, as a Spotter asks for it."""
    return {first: _phrases(group) for first, group in known.items()}


def _phrases(group: Sequence[_Named]) -> Phrases:
    longer = tuple([one for one in group if len(one[0]) > 1])
    alone = [name for phrase, name in group if len(phrase) == 1]
    return Phrases(alone[0] if alone else "", longer, frozenset([phrase[1] for phrase, _ in longer]))


def _longer(
    phrases: Phrases, word: int, spot: Spot, tokens: Sequence[str], place: int,
) -> tuple[str, _Place, int] | None:  # fmt: skip
    """Find the longest phrase of several words that begins here: (name, one past its last word, its end there)."""
    if word + 1 == len(spot.words):  # nearly always one look at the next token tells
        if place + 1 == len(tokens):
            return None
        following = one_word[tokens[place + 1]]
        if following and following not in phrases.seconds:
            return None
    for phrase, name in phrases.longer:
        if end := _end(phrase, word, spot, tokens, place):
            return name, *end
    return None


def _end(
    phrase: Sequence[str], word: int, spot: Spot, tokens: Sequence[str], place: int,
) -> tuple[_Place, int] | None:  # fmt: skip
    """Follow a phrase from its first word on: (one past its last word, its end there); None for another phrase."""
    words, spans = spot.words, spot.spans
    for wanted in phrase[1:]:
        word += 1
        while word >= len(words):
            place, word = place + 1, 0
            if place >= len(tokens):
                return None
            words, spans = _parted(tokens[place])
        if words[word] != wanted:
            return None
    return (place, word + 1), spans[word][1]


def _parted(token: str) -> tuple[Sequence[str], Sequence[tuple[int, int]]]:
    """Part a token into its words, folded, and where they stand; most tokens are one word."""
    folded = fold(token)
    if folded.isalpha():
        return (folded,), ((0, len(folded)),)
    found = list(TOKEN.finditer(folded))
    return [word[0] for word in found], [word.span() for word in found]


def _before(text: str, tokens: Sequence[str]) -> Sequence[int]:
    """Count, for each token of `text.split()`, what is before it but for one space a token: it starts at that + place.

    Nearly always single spaces part the tokens, and adding up their lengths is faster than looking for them.
    """
    before = list(accumulate(map(len, tokens), initial=0))
    if before[-1] + len(tokens) - 1 == len(text):
        return before
    return [token.start() - place for place, token in enumerate(_NOT_SPACE.finditer(text))]
