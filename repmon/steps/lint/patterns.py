"""Phrases with choices in them, like `(we|i) will (not |)sue`, matched word by word in linear time."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from repmon.steps.understanding.phrases import fold


class Choice(NamedTuple):
    """One of several: single words, looked up at once, and longer or empty patterns, tried one by one."""

    words: frozenset[str]
    longer: tuple["Pattern", ...]


Pattern = tuple[str | Choice, ...]
"""Words and choices in a row; `*` is any one word."""
Patterns = Mapping[str, tuple[tuple[Pattern, str], ...]]
"""First word → the patterns that may begin with it, with their names."""

ANY = "*"
_PIECES = re.compile(r"[()|]|[^\s()|]+")


def patterns(named: Iterable[tuple[str, str]]) -> Patterns:
    """Make (phrase, name) pairs searchable."""
    by_first: dict[str, list[tuple[Pattern, str]]] = {}
    for phrase, name in named:
        pattern = parsed(phrase)
        for first in firsts(pattern)[0]:
            by_first.setdefault(first, []).append((pattern, name))
    return {first: tuple(group) for first, group in by_first.items()}


def matches(words: Sequence[str], known: Patterns) -> Iterator[tuple[int, int, str]]:
    """Where patterns match, as (first word, one past the last, name); at one start the longest wins, none overlap."""
    past = 0
    for start, word in enumerate(words):
        if start < past or word not in known:
            continue
        end, name = max(((max(ends(pattern, words, start), default=0), name) for pattern, name in known[word]),
                        key=lambda found: found[0])  # fmt: skip
        if end:
            past = end
            yield start, end, name


def ends(pattern: Pattern, words: Sequence[str], start: int) -> AbstractSet[int]:
    """Every place where a match that begins at `start` may end; all are followed at once, so nothing is tried twice."""
    places: set[int] = {start}
    for item in pattern:
        here = [at for at in places if at < len(words)]
        if isinstance(item, str):
            places = {at + 1 for at in here if item in (ANY, words[at])}
        else:
            found = {at + 1 for at in here if words[at] in item.words}
            places = found.union(*(ends(longer, words, at) for at in places for longer in item.longer))
        if not places:
            break
    return places


def parsed(phrase: str) -> Pattern:
    """Read a phrase. ValueError for a parenthesis too many or too few."""
    pieces = iter(_PIECES.findall(fold(phrase)))
    choices, closed = _choices(pieces)
    if closed:
        raise ValueError(phrase)
    return choices[0] if len(choices) == 1 else (_choice(choices),)


def _choices(pieces: Iterator[str]) -> tuple[tuple[Pattern, ...], bool]:
    """Read up to the closing parenthesis; the alternatives, and whether there was one."""
    done: list[Pattern] = []
    current: list[str | Choice] = []
    for piece in pieces:
        if piece == ")":
            return (*done, tuple(current)), True
        if piece == "(":
            inner, closed = _choices(pieces)
            if not closed:
                raise ValueError(piece)
            current.append(_choice(inner))
        elif piece == "|":
            done.append(tuple(current))
            current = []
        else:
            current.append(piece)
    return (*done, tuple(current)), False


def _choice(alternatives: Iterable[Pattern]) -> Choice:
    single, longer = set(), []
    for pattern in alternatives:
        if len(pattern) == 1 and isinstance(pattern[0], str) and pattern[0] != ANY:
            single.add(pattern[0])
        else:
            longer.append(pattern)
    return Choice(frozenset(single), tuple(longer))


def firsts(pattern: Pattern) -> tuple[set[str], bool]:
    """Give the words a match may begin with, and whether it may be empty."""
    found: set[str] = set()
    for item in pattern:
        if isinstance(item, str):
            return found | {item}, False
        each = [firsts(longer) for longer in item.longer]
        found = found.union(item.words, *(words for words, _ in each))
        if not any(empty for _, empty in each):
            return found, False
    return found, True
