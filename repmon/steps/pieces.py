"""A stranger's text cut into pieces a page can show: marked words apart, and unseen characters made visible."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repmon.steps.lint.hidden import hidden

_ORDINARY = frozenset("\t\r")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` stand out: how (`kind`), and why (`note`)."""

    start: int
    end: int
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text; `unseen` is Unicode's name of a character that one would not see, `kind` "" for plain."""

    text: str
    kind: str = ""
    note: str = ""
    unseen: str = ""


def pieces(text: str, spans: Iterable[Span] = ()) -> Iterator[Piece]:
    """Cut the text where a span begins or ends (they come in order and do not overlap) and around unseen characters.

    The texts of the pieces that are not unseen, in order, are the text without its unseen characters.
    """
    unseen = {each.start: each.name for each in hidden(text) if text[each.start] not in _ORDINARY}
    places = sorted(unseen, reverse=True)
    at = 0
    for span in (*spans, Span(len(text), len(text), "")):
        yield from _pieces(text, at, span.start, "", "", places, unseen)
        yield from _pieces(text, span.start, span.end, span.kind, span.note, places, unseen)
        at = max(at, span.end)


def _pieces(
    text: str, start: int, end: int, kind: str, note: str, places: list[int], unseen: dict[int, str]
) -> Iterator[Piece]:
    while places and places[-1] < end:
        place = places.pop()
        if place > start:
            yield Piece(text[start:place], kind, note)
        yield Piece(f"U+{ord(text[place]):04X}", kind, note, unseen[place])
        start = place + 1
    if start < end:
        yield Piece(text[start:end], kind, note)
