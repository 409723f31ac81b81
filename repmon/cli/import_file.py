"""`repmon import`: a file of reviews, through the source it belongs to."""

import time
from pathlib import Path

import click

from repmon.cli import asked, document
from repmon.cli.chosen import configured_source
from repmon.cli.group import FAILED
from repmon.cli.opening import opened
from repmon.cli.poll import note, shape
from repmon.cli.progress import bar
from repmon.cli.screen import show
from repmon.config import Source
from repmon.pipeline import Outcome, bring_in
from repmon.wording import _, count

CHUNK = 2**20


@click.command(name="import")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--source", required=True, metavar="ID", help="Whose reviews they are; its connector must read files.")
@asked.as_json
@click.pass_context
def import_file(context: click.Context, file: Path, *, source: str, as_json: bool) -> None:
    """Take in a file of reviews.

    Reviews are told apart as always: what is known already is not stored twice. Old ones raise no alerts.
    """
    with opened(context) as world:
        chosen = configured_source(world.settings.sources, source, "--source")
        _must_read_files(chosen)
        started = time.monotonic()
        with bar(_("Reading {file}").format(file=file.name), _rows(file), _("Understanding")) as progress:
            outcome = bring_in(world, chosen, str(file.absolute()), progress)
    if as_json:
        document.write(shape(outcome))
    else:
        _say(outcome, file, time.monotonic() - started)
    if outcome.error:
        context.exit(FAILED)


def _must_read_files(source: Source) -> None:
    if source.settings.door != "files":
        text = _('{id} reads a site ({connector}), not files; name a source with connector = "file"')
        raise click.BadParameter(text.format(id=source.id, connector=source.connector), param_hint="--source")


def _rows(file: Path) -> int | None:
    """About how many rows there are, below a header; None for a folder."""
    if not file.is_file():
        return None
    with file.open("rb") as content:
        return sum(block.count(b"\n") for block in iter(lambda: content.read(CHUNK), b"")) - 1


def _say(outcome: Outcome, file: Path, seconds: float) -> None:
    facts = (
        count(outcome.new, "{n} new review", "{n} new reviews"), _("{n} edited").format(n=outcome.edited),
        _("{n} set aside").format(n=outcome.quarantined), _("{s:.1f} seconds").format(s=seconds),
    )  # fmt: skip
    show(f"{file.name}: {', '.join(facts)}.")
    for text in filter(None, (str(outcome.error) if outcome.error else None, note(outcome))):
        show(f"{outcome.source}: {text}")
    if outcome.quarantined:
        show(_("`repmon sources {source}` shows what was set aside.").format(source=outcome.source))
