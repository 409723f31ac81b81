"""`repmon run`: the daemon in the foreground."""

import click

from repmon import daemon
from repmon.cli.opening import config_path


@click.command()
@click.pass_context
def run(context: click.Context) -> None:
    """Watch all sources until stopped.

    Stays in the foreground; a service manager keeps it running. SIGTERM or Ctrl-C stops it after the row in hand,
    SIGHUP reads the configuration again. The log goes to stderr.
    """
    context.exit(daemon.run(config_path(context)))
