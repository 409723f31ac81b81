"""VADER's rules in linear time: the same `compound` to the last digit, and which words made it.

The rules are those of vaderSentiment 3.3.2 (Hutto & Gilbert 2014), oddities included. The package lower-cases the
whole text again for every word it scores; here each token is looked up once (`lexicon.Words`), and the full rules
(`modifiers`) are asked only where a word some rule cares about is near.
"""

from collections.abc import Collection
from dataclasses import dataclass
from heapq import heappop, heappush
from math import sqrt

from repmon.steps.lexicon import bare, emoji, signs
from repmon.steps.modifiers import REACH, Span, emphasis, modified, shouts
from repmon.steps.words import Utterance, Word

_ALPHA = 15
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.5
_LONGEST_SHOWN = 60
_FEW_SIGNS = 8

Part = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Valence:
    """`compound` is vaderSentiment's, -1..1; the `sum()` of the parts' values is what VADER squashes to it."""

    compound: float = 0.0
    parts: tuple[Part, ...] = ()


def valence(text: str) -> Valence:
    """Score a text as `SentimentIntensityAnalyzer().polarity_scores(text)` does, and say why, in text order.

    Each part is a scored word with the words that modified it and its value after all rules; emphasis by ! and ? is
    the last part.
    """
    compound, parts = valence_of(Utterance(text))
    return Valence(compound, tuple(parts))


def valence_of(said: Utterance) -> tuple[float, list[Part]]:
    """Do the same for a text already looked up: (compound, parts)."""
    if not said.text.isascii() and any(word.sign for _, word in said.notable):
        said, parts = _with_signs(said.text)
    else:
        parts = _parts(said)
    total = sum([value for _, value in parts])
    if not total:
        return 0.0, parts
    marks, strength = emphasis(said.text)
    if marks:
        strength = strength if total > 0 else -strength
        total += strength
        parts.append((marks, strength))
    return round(squash(total), 4), parts


def squash(total: float) -> float:
    """Map any sum of valences to -1..1, as VADER does."""
    return total / sqrt(total * total + _ALPHA)


def _parts(said: Utterance) -> list[Part]:
    tokens, words = said.tokens, said.words
    return [
        (words[index].shown if first == last else _shown(tokens, index, first, last), value)
        for index, first, last, value in _spans(words, said.notable)
    ]


def _with_signs(text: str) -> tuple[Utterance, list[Part]]:
    """Score a text that has emoji by their descriptions: (the text with these, its parts)."""
    found = signs().intersection(text)
    said = Utterance(_spelled_out(text, found))
    return said, _quoted(_parts(said), text, found)


def _spelled_out(text: str, found: Collection[str]) -> str:
    """Put each emoji's description in its place, parted from what is before it but not from what follows."""
    known = emoji()
    if len(found) > _FEW_SIGNS:
        return text.translate({ord(sign): f" {known[sign]}" for sign in found})
    for sign in found:
        text = text.replace(sign, f" {known[sign]}")
    return text


def _quoted(parts: list[Part], text: str, found: Collection[str]) -> list[Part]:
    """Show the emoji itself where a scored word is one of its description and not of the text."""
    written = set(map(bare, text.split()))
    sign_of = {word: sign for sign in sorted(found) for word in emoji()[sign].split()}
    return [(shown if shown in written else sign_of.get(shown, shown), value) for shown, value in parts]


def _spans(words: list[Word], notable: list[tuple[int, Word]]) -> list[Span]:
    """Find the scored words in text order: (index, first and last index of what belongs to it, value); no zeros."""
    spans: list[Span] = []
    last_active = -REACH - 1
    contrast = capitals = None
    for index, word in notable:
        if word.value:
            if capitals is None:
                capitals = bool([near for _, near in notable if near.upper]) and shouts(words)
            if word.active or index - last_active <= REACH or (capitals and word.upper):
                span = modified(words, index, capitals=capitals)
            else:
                span = (index, index, index, word.value)
            if span[3]:
                spans.append(span)
        elif word.contrasts and contrast is None:
            contrast = index
        if word.active:
            last_active = index
    return spans if contrast is None else _contrasted(spans, contrast)


def _contrasted(spans: list[Span], contrast: int) -> list[Span]:
    """Weaken what is said before the first "but" and strengthen what follows.

    VADER walks over the values while changing them and finds each one's place by its value, so a value equal to an
    already changed one changes that one again. Heaps of the places that held a value keep this exact and linear.
    """
    values = [span[3] for span in spans]
    places: dict[float, list[int]] = {}
    for place, value in enumerate(values):
        places.setdefault(value, []).append(place)
    for place in range(len(values)):
        value = values[place]
        heap = places[value]
        while values[heap[0]] != value:
            heappop(heap)
        first = heap[0]
        changed = value * (_BEFORE_BUT if spans[first][0] < contrast else _AFTER_BUT)
        values[first] = changed
        heappush(places.setdefault(changed, []), first)
    return [(*span[:3], value) for span, value in zip(spans, values, strict=True) if value]


def _shown(tokens: list[str], index: int, first: int, last: int) -> str:
    """Quote the scored word and what modified it from the text, without punctuation around."""
    words = " ".join((*tokens[first:last], bare(tokens[last]))) if last - first < 2 * REACH else ""
    return words if len(words) <= _LONGEST_SHOWN else bare(tokens[index])
