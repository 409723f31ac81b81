"""`repmon reopen`: a review is to be answered after all, or again."""

import click

from repmon import desk
from repmon.cli import who
from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.wording import _


@click.command()
@click.argument("review_id", metavar="ID", type=int)
@who.by
@click.pass_context
def reopen(context: click.Context, review_id: int, *, by: str) -> None:
    """Take a dismissed or an answered review up again.

    ID is the review's number in `repmon reviews`. An unhappy one gets a new draft at the next turn.
    """
    with opened(context) as world:
        desk.reopen_review(world, review_id, by=by)
    show(_("Review {id} is open again.").format(id=review_id))
