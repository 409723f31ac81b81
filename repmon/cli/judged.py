"""The rows of a file of judged reviews: texts with the stars or the label that people gave them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, get_args

from repmon.cli.lines import MOST_STARS, read_line
from repmon.connector import ItemUnreadable
from repmon.review import Label, Review
from repmon.wording import _

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LABELS = frozenset(get_args(Label))


@dataclass(frozen=True, slots=True)
class Judged:
    """A review without its stars, and beside it what people said of it."""

    review: Review
    stars: float | None
    label: str | None


def judged(lines: BinaryIO) -> Iterator[tuple[int, Judged | str]]:
    """Each line that says something with its number: the row, or what is wrong with it."""
    for number, line in enumerate(lines, start=1):
        bare = (line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line).strip()
        if not bare:
            continue
        try:
            yield number, _row(bare)
        except ItemUnreadable as error:
            yield number, str(error.values["problem"])


def _row(line: bytes) -> Judged:
    if not line.startswith(b"{"):
        raise _bad("line", _("it is no JSON object"))
    review = read_line(line)
    given = json.loads(line)  # read_line has seen that it is an object in UTF-8
    return Judged(review, _stars(given.get("stars", given.get("rating"))), _label(given.get("label")))


def _stars(value: object) -> float | None:
    """0 stars are written where nobody rated."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_STARS:
        raise _bad("stars", _('"stars" should be a number, 0 to 5'))
    return float(value) or None


def _label(value: object) -> str | None:
    if value is None:
        return None
    label = value.strip().lower() if isinstance(value, str) else ""
    if label not in LABELS:
        raise _bad("label", _('"label" should be one of {labels}').format(labels=", ".join(sorted(LABELS))))
    return label


def _bad(field: str, problem: str) -> ItemUnreadable:
    return ItemUnreadable(field, "field_invalid", problem=problem)
