"""Questions that came to no end: said in a sentence, for a person as for a script."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from repmon.cli.group import FAILED, complain
from repmon.wording import _


@contextmanager
def stopping(context: click.Context, hint: str) -> Iterator[None]:
    """End the command where questions are broken off, or where nobody is there to answer; `hint` says what to do."""
    try:
        yield
    except (click.Abort, KeyboardInterrupt, EOFError):
        click.echo(err=True)
        if sys.stdin.isatty():
            complain(_("Stopped. Nothing was written."))
        else:
            complain(_("The answers ended and there is no terminal to ask on. Nothing was written."), hint)
        context.exit(FAILED)
