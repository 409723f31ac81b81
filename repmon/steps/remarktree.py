"""The set phrases of `data/remarks.toml` as a tree of words to walk."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_SLOT = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a phrase adds, on VADER's scale, and whether a negation before it turns it over."""

    value: float
    turns: bool


class Node(dict[str, "Node"]):
    """The words that may follow; `remark` where a phrase may end here. Many words may lead to one node."""

    __slots__ = ("remark",)

    def __init__(self) -> None:
        super().__init__()
        self.remark: Remark | None = None


@cache
def tree() -> dict[str, Node]:
    """Give each first word of a phrase with what may follow it; the first line of the file to name a phrase has it."""
    root: dict[str, Node] = {}
    for slots, remark in _lines():
        for word, following in _line(slots, remark).items():
            root[word] = _either(root[word], following) if word in root else following
    return root


@cache
def fillers() -> frozenset[str]:
    """Words that may stand anywhere between the words of a phrase."""
    return frozenset(_data()["fillers"].split())


@cache
def vocabulary() -> frozenset[str]:
    """Every word that stands somewhere in a phrase or between its words, and those that ask for the one after them."""
    choices = (choice.split() for slots, _ in _lines() for slot in slots for choice in slot)
    return fillers().union({"only", "just"}, *choices)


def _line(slots: Sequence[Sequence[str]], remark: Remark) -> Node:
    """Build the tree of one line from its end, so that what follows a choice is there once, whatever was chosen."""
    following = Node()
    following.remark = remark
    for slot in reversed(slots):
        chosen = Node()
        for choice in slot:
            node = following
            for word in reversed(choice.split()):
                node, node_after = Node(), node
                node[word] = node_after
            chosen = _either(chosen, node)
        following = chosen
    return following


def _either(one: Node, other: Node) -> Node:
    """Join two trees into a new one where both have something; they themselves stay, for others may lead to them."""
    if not one and one.remark is None:
        return other
    if one is other or (not other and other.remark is None):
        return one
    both = Node()
    both.update(one)
    both.remark = one.remark or other.remark
    for word, following in other.items():
        both[word] = _either(both[word], following) if word in both else following
    return both


def _lines() -> Iterator[tuple[list[list[str]], Remark]]:
    """Yield each line as its slots, each with its choices; words outside of brackets are slots with one choice."""
    for group in _data()["remarks"]:
        remark = Remark(float(group["value"]), bool(group.get("turns", False)))
        for line in group["phrases"].strip().splitlines():
            yield [part.split("|") for part in _SLOT.split(line) if part.strip()], remark


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("repmon.steps") / "data" / "remarks.toml").read_text("utf-8"))
