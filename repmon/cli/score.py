"""`repmon score`: texts in, what they say out, line by line and in constant memory."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, get_args

import click

from repmon.cli import document
from repmon.cli.group import FAILED, complain
from repmon.cli.learned import learned_here
from repmon.cli.lines import read_line
from repmon.cli.said import shape, told
from repmon.config.model import Trade
from repmon.connector import ItemUnreadable
from repmon.errors import RepmonError
from repmon.review import Review, Understanding
from repmon.steps.model.learned import Model, chance_with, read_with
from repmon.steps.understanding.score import score as score_review
from repmon.steps.understanding.topics import topics_of
from repmon.wording import _

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--language", "languages", multiple=True, metavar="CODE", help="A language to expect; may be repeated.")
@click.option("--trade", type=click.Choice(get_args(Trade)), default="generic", help="Whose topics to look for.")
@click.option("--plain", is_flag=True, help="Leave out what was learned from your own reviews.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout, nothing else.")
@click.pass_context
def score(
    context: click.Context, file: Path | None, *, languages: tuple[str, ...], trade: str, plain: bool, as_json: bool
) -> None:
    """Say how texts sound, word by word.

    Reads FILE or what is piped in: a text on each line, or JSON Lines like {"text": "…", "rating": 2}, where
    rating, title and language may be left out. Needs no configuration; with one, what `repmon learn` has learned
    from its reviews has a say where there is no rating.
    """
    models = {} if plain else _models(context)
    bad = 0
    with _opened(file) as lines:
        for number, line in _numbered(lines):
            try:
                review = read_line(line)
            except ItemUnreadable as error:
                bad += 1
                complain(_("line {number}: {problem}").format(number=number, problem=error.values["problem"]))
                continue
            found, likely = _understood(review, languages, trade, models)
            if as_json:
                document.write_line(shape(found, likely))
            else:
                click.echo(told(review, found, likely))
    if bad:
        context.exit(FAILED)


def _models(context: click.Context) -> Mapping[str, Model]:
    """What was learned, where there is a configuration; one that cannot be read is said, and does without."""
    try:
        return learned_here(context, plain=False)[1]
    except RepmonError as error:
        complain(_("Nothing learned is used: {problem}").format(problem=error))
        return {}


def _understood(
    review: Review, languages: tuple[str, ...], trade: str, models: Mapping[str, Model],
) -> tuple[Understanding, float | None]:  # fmt: skip
    """What a text says, and how likely it is an unhappy one, where that was learned."""
    plain = score_review(review, languages)
    text = f"{review.title}\n{review.text}" if review.title else review.text
    topics = topics_of(text, plain.language, trade, {}, plain.reasons)
    return Understanding(read_with(models, review, plain), topics), chance_with(models, review, plain)


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
