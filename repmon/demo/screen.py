"""Calm text for at most eighty columns: headings, paragraphs, letters; plain where nobody watches."""

import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from repmon.steps.plain import plain

WIDTH = 80
INDENT = 2
QUOTE = "> "


class Screen:
    """Where the demo prints. Whatever is printed is made plain first: nothing of it can act on a terminal."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
        self.width = min(self._console.width, WIDTH) if self._console.is_terminal else WIDTH

    @contextmanager
    def waiting(self, text: str) -> Iterator[None]:
        """Turn a little wheel on stderr, if somebody is watching."""
        if not sys.stderr.isatty():
            yield
            return
        with Console(stderr=True).status(text):
            yield

    def heading(self, text: str) -> None:
        """Begin a section."""
        self._print("\n" + text, "bold")
        self._print("─" * self.width, "dim")

    def line(self, text: str = "", style: str = "") -> None:
        """Print one line as it is, indented."""
        self._print(" " * INDENT + text if text else "", style)

    def say(self, text: str, style: str = "", indent: int = INDENT) -> None:
        """Print a paragraph, wrapped."""
        for line in wrapped(text, self.width - indent):
            self._print(" " * indent + line, style)

    def letter(self, text: str) -> None:
        """Print a text by somebody, with a bar along its side."""
        for line in wrapped(text, self.width - 2 * INDENT):
            self._console.print(Text(" " * INDENT).append("│ " if line else "│", "dim").append(line))

    def _print(self, text: str, style: str) -> None:
        self._console.print(Text(plain(text), style))


def wrapped(text: str, width: int) -> Iterator[str]:
    """Wrap each line by itself; what continues a quoted line is quoted too."""
    for line in plain(text).split("\n"):
        mark = QUOTE if line.startswith(QUOTE) else ""
        yield from textwrap.wrap(line, width, subsequent_indent=mark, break_on_hyphens=False) or [""]
