"""VADER's rules in linear time: the same `compound` to the last digit, and which words made it.

The rules are those of vaderSentiment 3.3.2 (Hutto & Gilbert 2014), oddities included. The package lower-cases the
whole text again for every word it scores; here each token is looked up once (`lexicon.Words`), and the full rules
(`modifiers`) are asked only where a word some rule cares about is near.
"""

from collections.abc import Collection
from dataclasses import dataclass
from heapq import heappop, heappush
from math import sqrt

from repmon.review import Reason
from repmon.steps.understanding.lexicon import bare, emoji, signs
from repmon.steps.understanding.modifiers import REACH, emphasis, modified, shouts
from repmon.steps.understanding.reasons import reason_of
from repmon.steps.understanding.words import Utterance

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
    compound, reasons = valence_of(Utterance(text))
    return Valence(compound, tuple([(reason.text, reason.value) for reason in reasons]))


def valence_of(said: Utterance) -> tuple[float, list[Reason]]:
    """Do the same for a text already looked up: (compound, parts)."""
    text = said.text
    if not text.isascii() and [word for _, word in said.notable if word.sign]:
        text, reasons = _with_signs(text)
    else:
        reasons = _reasons(said)
    total = sum([reason.value for reason in reasons])
    if not total:
        return 0.0, reasons
    if "!" in text or "?" in text:
        marks, strength = emphasis(text)
        if marks:
            strength = strength if total > 0 else -strength
            total += strength
            reasons.append(reason_of[marks, strength])
    return round(squash(total), 4), reasons


def squash(total: float) -> float:
    """Map any sum of valences to -1..1, as VADER does."""
    return total / sqrt(total * total + _ALPHA)


def _with_signs(text: str) -> tuple[str, list[Reason]]:
    """Score a text that has emoji by their descriptions: (the text with these, the reasons)."""
    found = signs().intersection(text)
    described = _spelled_out(text, found)
    return described, _quoted(_reasons(Utterance(described)), text, found)


def _spelled_out(text: str, found: Collection[str]) -> str:
    """Put each emoji's description in its place, parted from what is before it but not from what follows."""
    known = emoji()
    if len(found) > _FEW_SIGNS:
        return text.translate({ord(sign): f" {known[sign]}" for sign in found})
    for sign in found:
        text = text.replace(sign, f" {known[sign]}")
    return text


def _quoted(reasons: list[Reason], text: str, found: Collection[str]) -> list[Reason]:
    """Show the emoji itself where a scored word is one of its description and not of the text."""
    written = set(map(bare, text.split()))
    sign_of = {word: sign for sign in sorted(found) for word in emoji()[sign].split()}
    return [
        reason if reason.text in written else reason_of[sign_of.get(reason.text, reason.text), reason.value]
        for reason in reasons
    ]


def _reasons(said: Utterance) -> list[Reason]:
    """Find the scored words in text order, each with its value after all rules; no zeros."""
    words = said.words
    reasons: list[Reason] = []
    last_active = -REACH - 1
    capitals = turn = None
    for index, word in said.notable:
        if word.value:
            if word.active or index - last_active <= REACH or word.upper:
                if capitals is None:
                    capitals = shouts(words)
                span = modified(words, index, capitals=capitals)
                if span[3]:
                    reasons.append(reason_of[_shown(said, *span[:3]), span[3]])
            else:
                reasons.append(word.reason)
        elif turn is None and word.contrasts:
            turn = len(reasons)
        if word.active:
            last_active = index
    return reasons if turn is None else _contrasted(reasons, turn)


def _contrasted(reasons: list[Reason], turn: int) -> list[Reason]:
    """Weaken what is said before the first "but" (so many reasons) and strengthen what follows.

    VADER walks over the values while changing them and finds each one's place by its value, so a value equal to an
    already changed one changes that one again. Heaps of the places that held a value keep this exact and linear.
    """
    values = [reason.value for reason in reasons]
    places: dict[float, list[int]] = {}
    for place, value in enumerate(values):
        places.setdefault(value, []).append(place)
    for place in range(len(values)):
        value = values[place]
        heap = places[value]
        while values[heap[0]] != value:
            heappop(heap)
        first = heap[0]
        changed = value * (_BEFORE_BUT if first < turn else _AFTER_BUT)
        values[first] = changed
        heappush(places.setdefault(changed, []), first)
    return [reason_of[reason.text, value] for reason, value in zip(reasons, values, strict=True) if value]


def _shown(said: Utterance, index: int, first: int, last: int) -> str:
    """Quote the scored word and what modified it from the text, without punctuation around."""
    if first == last:
        return said.words[index].shown
    tokens = said.tokens
    words = " ".join((*tokens[first:last], bare(tokens[last]))) if last - first < 2 * REACH else ""
    return words if len(words) <= _LONGEST_SHOWN else bare(tokens[index])
