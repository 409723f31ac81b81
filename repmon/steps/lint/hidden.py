"""Characters of a reply that are not seen, or that make it read otherwise than it is written."""

import re
import unicodedata
from typing import NamedTuple

_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_EMOJI = re.compile("[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff\ufe0f#*0-9]")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_MARKS = frozenset("\u061c\u200e\u200f")


class Hidden(NamedTuple):
    """One such character: where, and what Unicode calls it."""

    start: int
    name: str


def hidden(text: str) -> tuple[Hidden, ...]:
    """Find them all, in one pass. What honest writing needs is left alone.

    That is: the joiners of Persian and of emoji, variation marks of emoji, direction marks in a text that has letters
    written from right to left. Tabs count as hidden: sites show them in different ways.
    """
    turns = None
    found = []
    for match in _SUSPECT.finditer(text):
        character, at = match[0], match.start()
        if character in _MARKS:
            turns = _turns(text) if turns is None else turns
            if turns:
                continue
        if character in "\u200c\u200d" and _joins(text, at):
            continue
        if character == "\ufe0f" and at and _EMOJI.match(text[at - 1]):
            continue
        found.append(Hidden(at, unicodedata.name(character, f"U+{ord(character):04X}")))
    return tuple(found)


def _turns(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def _joins(text: str, at: int) -> bool:
    """Between two characters of which the first is no Latin letter, digit or space, a joiner does honest work."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before and after) and before > "\u024f" and after > "\u024f" and not before.isspace()
