"""`repmon run`: the daemon in the foreground."""

import click

from repmon import daemon
from repmon.cli.opening import config_path
from repmon.web.companion import Desk


@click.command()
@click.pass_context
def run(context: click.Context) -> None:
    """Watch all sources until stopped.

    Stays in the foreground; a service manager keeps it running. SIGTERM or Ctrl-C stops it after the row in hand,
    SIGHUP reads the configuration again. The log goes to stderr.
    """
    context.exit(daemon.run(config_path(context), companion=Desk(_tell)))


def _tell(sentence: str) -> None:
    """On stdout, which service managers keep with the log and a person sees at once."""
    click.echo(sentence)
