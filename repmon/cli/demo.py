"""`repmon demo`: repmon at work, with nothing of one's own."""

from pathlib import Path

import click

from repmon.demo import run_demo


@click.command()
@click.option("--dir", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="D",
              help="Keep its files here; without it in a new temporary folder.")  # fmt: skip
@click.option("--once", is_flag=True, help="End when everything has been shown; do not open the desk.")
@click.pass_context
def demo(context: click.Context, folder: Path | None, *, once: bool) -> None:
    """See repmon at work with invented reviews; no keys, no network.

    Afterwards the desk stays open in a browser until Ctrl-C, with a sign-in made up for the occasion.
    The folder stays, with a configuration and a database for every other command. Run it again to start afresh; a
    configuration that is not the demo's own, or was changed since, is never written over.
    """
    context.exit(run_demo(folder, once=once))
