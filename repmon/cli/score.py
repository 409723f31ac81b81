"""`repmon score`: texts in, what they say out, line by line and in constant memory."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, get_args

import click

from repmon.cli import document
from repmon.cli.group import FAILED, complain
from repmon.cli.lines import read_line
from repmon.cli.said import shape, told
from repmon.config.model import Trade
from repmon.connector import ItemUnreadable
from repmon.review import Review, Understanding
from repmon.steps.score import score as score_review
from repmon.steps.topics import topics_of
from repmon.wording import _

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--language", "languages", multiple=True, metavar="CODE", help="A language to expect; may be repeated.")
@click.option("--trade", type=click.Choice(get_args(Trade)), default="generic", help="Whose topics to look for.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout, nothing else.")
@click.pass_context
def score(context: click.Context, file: Path | None, *, languages: tuple[str, ...], trade: str, as_json: bool) -> None:
    """Say how texts sound, word by word.

    Reads FILE or what is piped in: a text on each line, or JSON Lines like {"text": "…", "rating": 2}, where
    rating, title and language may be left out. Needs no configuration.
    """
    bad = 0
    with _opened(file) as lines:
        for number, line in _numbered(lines):
            try:
                review = read_line(line)
            except ItemUnreadable as error:
                bad += 1
                complain(_("line {number}: {problem}").format(number=number, problem=error.values["problem"]))
                continue
            found = _understood(review, languages, trade)
            if as_json:
                document.write_line(shape(found))
            else:
                click.echo(told(review, found))
    if bad:
        context.exit(FAILED)


def _understood(review: Review, languages: tuple[str, ...], trade: str) -> Understanding:
    sentiment = score_review(review, languages)
    text = f"{review.title}\n{review.text}" if review.title else review.text
    return Understanding(sentiment, topics_of(text, sentiment.language, trade, {}, sentiment.reasons))


def _opened(file: Path | None) -> BinaryIO:
    if file is not None and str(file) != "-":
        return file.open("rb")
    if sys.stdin.isatty():
        complain(_("Type a review and press Enter; Ctrl-D ends."))
    return sys.stdin.buffer


def _numbered(lines: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that say something, counted as an editor counts them."""
    for number, line in enumerate(lines, start=1):
        bare = (line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line).strip()
        if bare:
            yield number, bare
