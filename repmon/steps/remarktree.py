"""The set phrases of `data/remarks.toml` as a tree of words to walk."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

_SLOT = re.compile(r"\(([^()]*)\)")


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


@cache
def tree() -> dict[str, Node]:
    """Give each first word of a phrase with what may follow it."""
    root = Node()
    for phrase, remark in _phrases():
        node = root
        for word in phrase.split():
            node = node.setdefault(word, Node())
        node.remark = node.remark or remark
    return dict(_merged(root, {}))  # a plain dict is looked up faster


@cache
def fillers() -> frozenset[str]:
    """Words that may stand anywhere between the words of a phrase."""
    return frozenset(_data()["fillers"].split())


@cache
def vocabulary() -> frozenset[str]:
    """Every word that stands somewhere in a phrase or between its words, and those that ask for the one after them."""
    return fillers().union({"only", "just"}, *(phrase.split() for phrase, _ in _phrases()))


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
def _data() -> dict[str, Any]:
    return tomllib.loads((files("repmon.steps") / "data" / "remarks.toml").read_text("utf-8"))
