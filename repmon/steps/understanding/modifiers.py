"""How the words around a scored word change its value: VADER's rules for one word."""

from repmon.steps.understanding.lexicon import BOOSTERS, CAPITALS, IDIOMS, NEGATION, valences
from repmon.steps.understanding.words import Word

REACH = 3
_DAMPING = (0.0, 1.0, 0.95, 0.9)
_NEVER_SO = 1.25
_MOST_MARKS, _MARK = 4, 0.292
_FEW_QUESTIONS, _QUESTION, _MANY_QUESTIONS = 3, 0.18, 0.96

Span = tuple[int, int, int, float]


def shouts(words: list[Word]) -> bool:
    """Whether some words are all capitals and others are not, so that capitals mean something."""
    first = words[0].upper
    return any(word.upper is not first for word in words)


def emphasis(text: str) -> tuple[str, float]:
    """Give the marks that count and what ! and ? add to either side; ("", 0.0) for none."""
    marks = min(text.count("!"), _MOST_MARKS) if "!" in text else 0
    questions = text.count("?") if "?" in text else 0
    if questions <= 1:
        return "!" * marks, marks * _MARK
    few = questions <= _FEW_QUESTIONS
    asked = questions * _QUESTION if few else _MANY_QUESTIONS
    return "!" * marks + "?" * min(questions, _MOST_MARKS), marks * _MARK + asked


def modified(words: list[Word], index: int, *, capitals: bool) -> Span:
    """Apply all rules to one word: (its index, first and last word that had a part in it, value)."""
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else None
    if following is not None and word.lower == "kind" and following.lower == "of":
        return index, index, index, 0.0
    value, first = _after_no(words, index, following)
    if word.upper and capitals:
        value += CAPITALS if value > 0 else -CAPITALS
    last = index
    for distance in range(1, min(index, REACH) + 1):
        before = words[index - distance]
        if before.known:
            continue
        was = value
        if before.boost:
            value += _boost(before, value, capitals=capitals) * _DAMPING[distance]
        # at its full reach the rule looks at the words between alone, too
        if before.negates or (distance == REACH and words[index - 1].active):
            value *= _negation(words, index, distance)
        if value != was:
            first = min(first, index - distance)
        if distance == REACH and [near for near in words[index - REACH : index + REACH] if near.idiom]:
            value, first, last = _idiom(words, index, value, first)
    if index and words[index - 1].lower == "least":
        value, first = _least(words, index, value, first)
    return index, first, last, value


def _after_no(words: list[Word], index: int, following: Word | None) -> tuple[float, int]:
    """Let a "no" before a scored word turn that word instead of counting itself."""
    word = words[index]
    value = word.value
    if word.lower == "no" and following is not None and following.known:
        value = 0.0
    if index == 0:
        return value, index
    if words[index - 1].lower == "no":
        return word.value * NEGATION, index - 1
    if index > 1 and words[index - 2].lower == "no":
        return word.value * NEGATION, index - 2
    if index >= REACH and words[index - REACH].lower == "no" and words[index - 1].lower in {"or", "nor"}:
        return word.value * NEGATION, index - REACH
    return value, index


def _boost(booster: Word, value: float, *, capitals: bool) -> float:
    boost = -booster.boost if value < 0 else booster.boost
    if booster.upper and capitals:
        return boost + CAPITALS if value > 0 else boost - CAPITALS
    return boost


def _negation(words: list[Word], index: int, distance: int) -> float:
    """Give the factor of the word `distance` before: they turn over, but for "never so" and "without doubt"."""
    before = words[index - distance]
    if distance > 1:
        between = words[index - distance + 1].lower, words[index - 1].lower
        if before.lower == "never" and between[0] in {"so", "this"}:
            return _NEVER_SO
        if distance == REACH and between[1] in {"so", "this"}:
            return _NEVER_SO
        if before.lower == "without" and "doubt" in between:
            return 1.0
    return NEGATION if before.negates else 1.0


def _idiom(words: list[Word], index: int, value: float, first: int) -> tuple[float, int, int]:
    """Idioms that hold or follow the word replace its value; two-word boosters before it add theirs."""
    three, two, one, zero, *ahead = (word.lower for word in words[index - REACH : index + REACH])
    last = index
    behind = {
        f"{one} {zero}": 1, f"{two} {one} {zero}": 2, f"{two} {one}": 2,
        f"{three} {two} {one}": 3, f"{three} {two}": 3,
    }  # fmt: skip
    for phrase, reach in behind.items():
        if phrase in IDIOMS:
            value, first = IDIOMS[phrase], min(first, index - reach)
            break
    for length in (1, 2):
        phrase = " ".join((zero, *ahead[:length]))
        if len(ahead) >= length and phrase in IDIOMS:
            value, last = IDIOMS[phrase], index + length
    for phrase, reach in ((f"{three} {two} {one}", 3), (f"{three} {two}", 3), (f"{two} {one}", 2)):
        if phrase in BOOSTERS:
            value, first = value + BOOSTERS[phrase], min(first, index - reach)
    return value, first, last


def _least(words: list[Word], index: int, value: float, first: int) -> tuple[float, int]:
    """Turn the word over after "least", except in "at least" and "very least"."""
    if "least" in valences() or (index > 1 and words[index - 2].lower in {"at", "very"}):
        return value, first
    return value * NEGATION, min(first, index - 1)
