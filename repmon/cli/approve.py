"""`repmon approve`: these words may go out."""

import click

from repmon import desk
from repmon.cli import who
from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.wording import _


@click.command()
@click.argument("draft_id", metavar="ID", type=int)
@click.option("--override", metavar="WHY", default="", help="Approve what the check blocks, for this reason.")
@who.by
@click.pass_context
def approve(context: click.Context, draft_id: int, *, override: str, by: str) -> None:
    """Approve a draft, exactly as it is.

    ID is the number of a draft (`repmon drafts`). What you approve are its very bytes: an edit needs approval anew.
    """
    with opened(context) as world:
        fingerprint = desk.approve_draft(world, draft_id, by=by, override=override)
        show(_("Draft {id} is approved by {by} (SHA-256 {start}…); `repmon post {id}` copies it.").format(
            id=draft_id, by=by, start=fingerprint[:12]))  # fmt: skip
