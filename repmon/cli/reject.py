"""`repmon reject`: these words may not go out."""

import click

from repmon import desk
from repmon.cli import who
from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.wording import _


@click.command()
@click.argument("draft_id", metavar="ID", type=int)
@click.option("--reason", metavar="WHY", required=True, help="Why; kept with the draft.")
@who.by
@click.pass_context
def reject(context: click.Context, draft_id: int, *, reason: str, by: str) -> None:
    """Say no to a draft, and why.

    ID is the number of a draft (`repmon drafts`). An approved draft can be rejected as long as it is not posted.
    """
    with opened(context) as world:
        desk.reject_draft(world, draft_id, by=by, reason=reason)
        show(_("Draft {id} is rejected by {by}.").format(id=draft_id, by=by))
