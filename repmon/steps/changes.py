"""What changed from one version of a text to the next, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from repmon.steps.pieces import Span

_WORDS = re.compile(r"\s+|\S+")
MOST_WORDS = 1_500
"""Comparing takes time with the square of the words; longer texts are shown without marks."""


def changes(old: str, new: str) -> tuple[list[Span], list[Span]]:
    """Mark the words that are gone from `old`, and those that are new in `new`."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > 2 * MOST_WORDS:
        return [], []
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    gone = [(first, last) for code, first, last, _, _ in steps if code in {"replace", "delete"}]
    added = [(first, last) for code, _, _, first, last in steps if code in {"replace", "insert"}]
    return list(_spans(before, gone, "gone")), list(_spans(after, added, "new"))


def _spans(words: list[str], runs: list[tuple[int, int]], kind: str) -> Iterator[Span]:
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    for first, last in runs:
        yield Span(ends[first], ends[last], kind)
