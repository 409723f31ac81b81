"""The set phrases of `data/remarks.toml` as a tree of words to walk."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from itertools import pairwise
from math import inf
from typing import Any

from repmon.steps.understanding.duration import UNITS, WORDS

_SLOT = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"<[^<>]*>|\S+")
_LASTING = re.compile(r"<(\d+) (\w+)(?: to (\d+) (\w+))?>")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a phrase adds, on VADER's scale, and whether a negation before it turns it over."""

    value: float
    turns: bool


class Node(dict[str, "Node"]):
    """The words that may follow; `remark` where a phrase may end here. Many words may lead to one node.

    `onward` of a first word are all words that may stand next, None where any may (a phrase ends here, or a length of
    time may stand next). `lasting` holds what may follow a length of time, as (from, below, then), in minutes; none
    overlap.
    """

    __slots__ = ("lasting", "onward", "remark")

    def __init__(self) -> None:
        super().__init__()
        self.remark: Remark | None = None
        self.lasting: tuple[Lasting, ...] = ()
        self.onward: frozenset[str] | None = None

    def after(self, minutes: float) -> "Node | None":
        """What may follow a length of time; None where nothing may."""
        return next((then for least, beyond, then in self.lasting if least <= minutes < beyond), None)


Lasting = tuple[float, float, Node]


@cache
def tree() -> Node:
    """Give each first word of a phrase with what may follow it; the first line of the file to name a phrase has it."""
    root = Node()
    for slots, remark in _lines():
        first = _line(slots, remark)
        for word, following in first.items():
            root[word] = _either(root[word], following) if word in root else following
        root.lasting = _both_lasting(root.lasting, first.lasting)
    for following in root.values():
        if following.remark is None and not following.lasting:
            following.onward = fillers().union(following)
    return root


@cache
def fillers() -> frozenset[str]:
    """Words that may stand anywhere between the words of a phrase."""
    return frozenset(_data()["fillers"].split())


@cache
def vocabulary() -> frozenset[str]:
    """Every word that stands somewhere in a phrase or between its words, and those that ask for the one after them."""
    choices = (_WORD.findall(choice) for slots, _ in _lines() for slot in slots for choice in slot)
    return fillers().union({"only", "just"}, WORDS, *choices)


def _line(slots: Sequence[Sequence[str]], remark: Remark) -> Node:
    """Build the tree of one line from its end, so that what follows a choice is there once, whatever was chosen."""
    following = Node()
    following.remark = remark
    for slot in reversed(slots):
        chosen = Node()
        for choice in slot:
            node = following
            for word in reversed(_WORD.findall(choice)):
                node = _leading(word, node)
            chosen = _either(chosen, node)
        following = chosen
    return following


def _either(one: Node, other: Node) -> Node:
    """Join two trees into a new one where both have something; they themselves stay, for others may lead to them."""
    if one is other or _leads_nowhere(other):
        return one
    if _leads_nowhere(one):
        return other
    both = Node()
    both.update(one)
    both.remark = one.remark or other.remark
    for word, following in other.items():
        both[word] = _either(both[word], following) if word in both else following
    both.lasting = _both_lasting(one.lasting, other.lasting)
    return both


def _leading(word: str, then: Node) -> Node:
    """Make the node from which a word, or a length of time like "<15 minutes>" or "<1 days to 4 weeks>", leads on."""
    node = Node()
    if lasting := _LASTING.fullmatch(word):
        least, unit, most, most_unit = lasting.groups()
        beyond = int(most) * UNITS[most_unit] + 1 if most else inf
        node.lasting = ((int(least) * UNITS[unit], beyond, then),)
    else:
        node[word] = then
    return node


def _leads_nowhere(node: Node) -> bool:
    return not node and not node.lasting and node.remark is None


def _both_lasting(one: tuple[Lasting, ...], other: tuple[Lasting, ...]) -> tuple[Lasting, ...]:
    """Join what may follow lengths of time, cut up so that each length has one place to go to."""
    joined: list[Lasting] = []
    for least, beyond in pairwise(sorted({bound for span in (*one, *other) for bound in span[:2]})):
        then = [span[2] for span in (*one, *other) if span[0] <= least and beyond <= span[1]]
        if then:
            joined.append((least, beyond, reduce(_either, then)))
    return tuple(joined)


def _lines() -> Iterator[tuple[list[list[str]], Remark]]:
    """Yield each line as its slots, each with its choices; words outside of brackets are slots with one choice."""
    for group in _data()["remarks"]:
        remark = Remark(float(group["value"]), bool(group.get("turns", False)))
        for line in group["phrases"].strip().splitlines():
            yield [part.split("|") for part in _SLOT.split(line) if part.strip()], remark


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("repmon.steps") / "data" / "remarks.toml").read_text("utf-8"))
