"""Set phrases of complaint and praise that VADER does not weigh: "never again", "the soup was cold".

They come from `data/remarks.toml` and are found by walking a tree of tokens: linear, however many phrases there are.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from string import punctuation
from typing import Any

from repmon.steps.lexicon import BOOSTERS, NEGATIONS
from repmon.steps.valence import Part

_MARKS = punctuation + "\u2013\u2014\u2026\u00b7\u2022"
_STOPS = (".", "!", "?", ";", ",", ":", "…", ")")
_SLOT = re.compile(r"\(([^()]*)\)")
_LONG_WAIT = 15
_MOST_KEPT, _LONGEST_KEPT, _MOST_READ = 30_000, 40, 20_000
_LOOK_BACK = 3
_TURNED = -0.5
_NOT_ONLY = frozenset({"only", "just"})


@dataclass(frozen=True, slots=True)
class Remark:
    """What a phrase adds, on VADER's scale, and whether a negation before it turns it over."""

    value: float
    turns: bool


class Node(dict[str, "Node"]):
    """The words that may follow; `remark` where a phrase may end here."""

    __slots__ = ("remark",)

    def __init__(self) -> None:
        super().__init__()
        self.remark: Remark | None = None


def remarks(text: str) -> list[Part]:
    """Find the set phrases of a cleaned text as (its words, value), in text order; the longest wins, none overlap.

    Only the beginning of a giant text is searched: what is not said in twenty thousand characters was not the point.
    """
    tree = _tree()
    tokens = text[:_MOST_READ].split()
    words = list(map(_folded.__getitem__, tokens))
    following = words[1:]
    following.append("")
    fillers = _fillers()
    found: list[Part] = []
    past = 0
    for start, node in [(place, tree[word]) for place, word in enumerate(words) if word in tree]:
        if start < past or (node.remark is None and following[start] not in node and following[start] not in fillers):
            continue
        end, remark = _longest(node, words, tokens, start)
        if remark is not None:
            first, value = _turned(remark, words, tokens, start) if remark.turns else (start, remark.value)
            found.append((" ".join(tokens[first:end]).strip(_MARKS) or tokens[start], value))
            past = end
    return found


def _longest(node: Node, words: list[str], tokens: list[str], start: int) -> tuple[int, Remark | None]:
    """Walk on from a first word as far as words lead, not past punctuation: (one past the last, the remark)."""
    end, remark, fillers = start + 1, node.remark, _fillers()
    for place in range(start + 1, len(words)):
        word = words[place]
        following = node.get(word)
        if following is None and "#" in node and word.isdecimal() and int(word[:4]) >= _LONG_WAIT:
            following = node["#"]
        if (following is None and word not in fillers) or tokens[place - 1].endswith(_STOPS):
            break
        if following is not None:
            node = following
            if node.remark is not None:
                end, remark = place + 1, node.remark
    return end, remark


def _turned(remark: Remark, words: list[str], tokens: list[str], start: int) -> tuple[int, float]:
    """Look back within the clause: a negation turns the remark over, a booster strengthens it."""
    value = remark.value
    for place in range(start - 1, max(start - 1 - _LOOK_BACK, -1), -1):
        if tokens[place].endswith(_STOPS):
            break
        if (words[place] in NEGATIONS or "n't" in words[place]) and words[place + 1] not in _NOT_ONLY:
            return place, value * _TURNED
    boost = BOOSTERS.get(words[start - 1], 0.0) if start else 0.0
    return (start - 1, value + (boost if value > 0 else -boost)) if boost else (start, value)


class _Folded(dict[str, str]):
    """Token → lower case without marks around it; filled as tokens are met, emptied when full."""

    def __missing__(self, token: str) -> str:
        word = token.lower().strip(_MARKS) or token
        if len(token) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[token] = word
        return word


_folded = _Folded()


@cache
def _tree() -> dict[str, Node]:
    root = Node()
    for phrase, remark in _phrases():
        node = root
        for word in phrase.split():
            node = node.setdefault(word, Node())
        node.remark = node.remark or remark
    return dict(_merged(root, {}))  # a plain dict is looked up faster


def _merged(node: Node, known: dict[Any, Node]) -> Node:
    """Let equal branches be one: most phrases differ in their beginning only, and the tree shrinks to a few percent."""
    for word, following in node.items():
        node[word] = _merged(following, known)
    branches = tuple(sorted((word, id(following)) for word, following in node.items()))
    return known.setdefault((node.remark, branches), node)


def _phrases() -> Iterator[tuple[str, Remark]]:
    """Yield each phrase with every choice of its slots, in the order of the file: the first to name a phrase has it."""
    for group in _data()["remarks"]:
        remark = Remark(float(group["value"]), bool(group.get("turns", False)))
        for line in group["phrases"].strip().splitlines():
            slots = [part.split("|") for part in _SLOT.split(line)]
            for choice in product(*slots):
                yield " ".join(choice), remark


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_data()["fillers"].split())


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("repmon.steps") / "data" / "remarks.toml").read_text("utf-8"))
