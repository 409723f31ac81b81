"""Where in a text the words stand that made its score."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from repmon.review import Reason

_QUOTES = "['\u2018\u2019\u201b\u02bc\u00b4\u2032\uff07]"
_DOUBLE_QUOTES = '["\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02]'


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of a text, and what they add to its score."""

    start: int
    end: int
    value: float


def marks(text: str, reasons: Sequence[Reason]) -> list[Mark]:
    """Find the words of each reason in the text, in order and without overlaps; what overlaps becomes one mark.

    Reasons quote the cleaned text, so white space and the form of quotation marks may differ. A reason that occurs
    again is looked for behind its last place; one that is not found (stars, emphasis of a sum) has no mark.
    """
    found: list[Mark] = []
    last: dict[str, int] = {}
    for reason in reasons:
        match = _pattern(reason.text).search(text, last.get(reason.text, 0))
        if match is not None and match.end() > match.start():
            last[reason.text] = match.end()
            found.append(Mark(match.start(), match.end(), reason.value))
    return _joined(found)


def _pattern(words: str) -> re.Pattern[str]:
    tokens = [re.escape(token).replace("'", _QUOTES).replace('"', _DOUBLE_QUOTES) for token in words.split()]
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(before + r"\s+".join(tokens) + after)


def _joined(found: Sequence[Mark]) -> list[Mark]:
    joined: list[Mark] = []
    for mark in sorted(found, key=lambda each: (each.start, -each.end)):
        if joined and mark.start < joined[-1].end:
            one = joined.pop()
            mark = Mark(one.start, max(one.end, mark.end), one.value + mark.value)  # noqa: PLW2901 - the two as one
        joined.append(mark)
    return joined
