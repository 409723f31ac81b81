"""`repmon acknowledge`: somebody has seen it."""

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
def acknowledge(context: click.Context, review_id: int, *, by: str) -> None:
    """Say that you have seen a review.

    ID is the review's number in `repmon reviews`. The others are not reminded of it any more.
    """
    with opened(context) as world:
        desk.acknowledge_review(world, review_id, by=by)
    show(_("Review {id} is seen by {by}.").format(id=review_id, by=by))
