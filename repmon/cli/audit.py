"""`repmon audit`: the record of what people decided."""

import click

from repmon.cli.group import FAILED, complain
from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.store import audit as chain
from repmon.wording import _, count, say


@click.group()
def audit() -> None:
    """Show that the record of decisions is whole."""


@audit.command()
@click.pass_context
def verify(context: click.Context) -> None:
    """Read the record from its beginning and name the first broken entry.

    Every entry carries the hash of the one before. Keep the hash this prints: a record that was written anew from its
    beginning ends in another one.
    """
    with opened(context) as world:
        with world.database.read() as session:
            broken, head = chain.verify(session), chain.head_of(session)
        if broken:
            complain(_("The record is broken: {problem}").format(problem=say(broken.code, broken.values)))
            context.exit(FAILED)
        entries = count(head.count, "{n} entry", "{n} entries")
        show(_("The record is whole: {entries}, the last {hash}.").format(entries=entries, hash=head.hash)
             if head.count else _("The record is whole; nothing was decided yet."))  # fmt: skip
