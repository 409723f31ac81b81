"""A review's words as the page shows them: what scored marked, what hides made visible, giants cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from repmon.review import Reason, Sentiment, Understanding
from repmon.steps.changes import changes
from repmon.steps.messages.adding import that_add_up
from repmon.steps.pieces import Piece, Span, pieces
from repmon.steps.plain import cut
from repmon.steps.understanding.marking import marks
from repmon.steps.understanding.said import said
from repmon.store.tables import VersionRow
from repmon.web.entry import Figure, figure

SHOWN = 6_000
"""Characters of a text that are shown at first."""
MARKED = 20_000
"""Characters in which words are marked."""

Pieces = list[Piece]


@dataclass(frozen=True)
class Words:
    """Title, text and the site's translation in pieces; `cut_at` counts the characters of a text shown in part."""

    title: Pieces
    text: Pieces
    translation: Pieces
    cut_at: int = 0


@dataclass(frozen=True)
class Sum:
    """The reasons as (words, figure), rounded so that they add up to `raw`, and what that is squashed to."""

    parts: list[tuple[str, float]]
    raw: float
    score: float
    compound: float


@dataclass(frozen=True)
class Change:
    """One version beside the next: what is gone from it, and what came instead."""

    number: int
    row: VersionRow
    figure: Figure
    before: Pieces
    after: Pieces


def words(row: Any, understood: Understanding | None, *, everything: bool) -> Words:
    """Cut a review's texts into pieces; the words are marked where they were read, in the text or its translation."""
    reasons = understood.sentiment.reasons if understood else ()
    text = row.text if everything or len(row.text) <= SHOWN else cut(row.text, SHOWN)
    translated = bool(row.translation) and row.read_as != "en"
    own = () if translated else reasons
    return Words(
        _marked(row.title, own), _marked(text, own), _marked(row.translation[:MARKED], reasons if translated else ()),
        SHOWN if len(text) < len(row.text) else 0,
    )  # fmt: skip


def summed(found: Sentiment) -> Sum:
    """The table of reasons."""
    figures, raw = that_add_up([reason.value for reason in found.reasons])
    parts = [(said(reason), value) for reason, value in zip(found.reasons, figures, strict=True)]
    return Sum(parts, raw, found.score, found.compound)


def versions(row: Any, earlier: Sequence[VersionRow]) -> list[Change]:
    """Each earlier version beside the one that took its place, newest first."""
    texts = [_said(each)[:SHOWN] for each in (*earlier, row)]
    found = []
    for place, version in enumerate(earlier):
        gone, new = changes(texts[place], texts[place + 1])
        found.append(Change(version.version, version, _figure(version, row), list(pieces(texts[place], gone)),
                            list(pieces(texts[place + 1], new))))  # fmt: skip
    return found[::-1]


def _said(row: Any) -> str:
    return "\n".join(filter(None, (row.title, row.text)))


def _figure(version: VersionRow, row: Any) -> Figure:
    return figure(_Given(version.rating, version.given, row.out_of, row.scale, version.recommended))


@dataclass(frozen=True, slots=True)
class _Given:
    rating: float | None
    given: float | None
    out_of: float | None
    scale: str
    recommended: bool | None


def _marked(text: str, reasons: Sequence[Reason]) -> Pieces:
    found = marks(text[:MARKED], reasons)
    spans = [Span(each.start, each.end, "good" if each.value > 0 else "bad", f"{each.value:+.1f}") for each in found]
    return list(pieces(text, spans))
