"""Tables and texts for a terminal. What strangers wrote is shown as plain characters: nothing in it acts."""

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from repmon.steps.plain import one_line, plain
from repmon.wording import _

NOTHING = "–"  # noqa: RUF001 - a dash
WIDTH_OF_A_PIPE = 120
ROWS_ON_A_TERMINAL = 50
HOUR = 60
RECENT = 48 * HOUR
"""In minutes; what is longer ago is told by its day."""
GAP = 2
NARROWEST = 12
STYLES = {
    "negative": "red", "mixed": "yellow", "positive": "green", "unknown": "dim",
    "ok": "green", "busy": "yellow", "failing": "red", "paused": "red", "retired": "dim",
    "down": "red", "refused": "red", "changed": "red",
    "delivered": "green", "failed": "red", "held": "yellow", "pending": "yellow",
}  # fmt: skip

Cell = str | int | Text | None


def console() -> Console:
    """Where tables go. A pipe has no width of its own, so it gets a wide one."""
    wide = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH_OF_A_PIPE
    return Console(width=wide, highlight=False, markup=False, emoji=False)


def show(*things: RenderableType) -> None:
    """Print plain texts and tables."""
    for thing in things:
        console().print(thing if not isinstance(thing, str) else Text(plain(thing)))


class Rows:
    """A table in the making. The last column takes what width is left, on one line unless it `wrap`s."""

    def __init__(self, *columns: str, right: Sequence[str] = (), wrap: bool = False) -> None:
        self._columns, self._right, self._wrap = columns, right, wrap
        self._rows: list[list[Text]] = []

    def add(self, *cells: Cell) -> None:
        """Add one row; None is shown as a dash."""
        self._rows.append([_cell(cell) for cell in cells])

    def show(self) -> None:
        """Print the table."""
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, GAP, 0, 0))
        *others, last = self._columns
        for name in others:
            table.add_column(name, justify="right" if name in self._right else "left", no_wrap=True)
        table.add_column(last, justify="right" if last in self._right else "left", no_wrap=not self._wrap,
                         overflow="fold" if self._wrap else "ellipsis", width=self._left_over())  # fmt: skip
        for row in self._rows:
            table.add_row(*row)
        console().print(table)

    def _left_over(self) -> int | None:
        """How wide the last column may be; None where it fits anyway, or where all columns have to give way."""
        longest = [max((row[at].cell_len for row in self._rows), default=0) for at in range(len(self._columns))]
        widths = [max(long, len(name)) for long, name in zip(longest, self._columns, strict=True)]
        room = console().width - sum(widths[:-1]) - GAP * (len(widths) - 1)
        return room if NARROWEST <= room < widths[-1] else None


def sheet(pairs: Iterable[tuple[str, RenderableType]]) -> Table:
    """Lines of a name and what belongs to it, without a frame."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, content in pairs:
        table.add_row(name, _cell(content) if isinstance(content, str) else content)
    return table


def word(text: str | None) -> Text:
    """One of our own words (a state, a label) in its colour."""
    return Text(text, STYLES.get(text, "")) if text else _cell(None)


def safe(text: str, style: str = "") -> Text:
    """A stranger's text as it is, its lines kept, without anything a terminal would act on."""
    return Text(plain(text), style)


def safe_line(text: str, longest: int) -> Text:
    """A stranger's text on one line."""
    return Text(one_line(text, longest))


def rows_at_first() -> int | None:
    """How many rows a list shows when nobody said: a terminal gets a screenful or two, a pipe all (None)."""
    return ROWS_ON_A_TERMINAL if console().is_terminal else None


def when(at: datetime | None, timezone: str, now: datetime) -> str | None:
    """`3 h ago`, or the day where it is longer ago, by the clock of the business."""
    if at is None:
        return None
    minutes = int((now - at) / timedelta(minutes=1))
    if abs(minutes) < 1:
        return _("just now")
    if 0 < minutes < HOUR:
        return _("{n} min ago").format(n=minutes)
    if 0 < minutes < RECENT:
        return _("{n} h ago").format(n=minutes // HOUR)
    return at.astimezone(ZoneInfo(timezone)).date().isoformat()


def _cell(cell: Cell) -> Text:
    if cell is None or cell == "":
        return Text(NOTHING, "dim")
    return cell if isinstance(cell, Text) else Text(one_line(str(cell), 1000))
