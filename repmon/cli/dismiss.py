"""`repmon dismiss`: no answer is needed."""

import click

from repmon import desk
from repmon.cli import who
from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.wording import _


@click.command()
@click.argument("review_id", metavar="ID", type=int)
@click.option("--reason", metavar="WHY", help="Why; kept with the review and its draft.")
@click.option("--off-topic", is_flag=True, help="A mention of something else; `repmon off-topic` learns from it.")
@who.by
@click.pass_context
def dismiss(context: click.Context, review_id: int, *, reason: str | None, off_topic: bool, by: str) -> None:
    """Say that a review needs no answer, and why.

    ID is the review's number in `repmon reviews`. A draft that waits for it is rejected with the same reason.
    """
    if (reason is None) != off_topic:
        raise click.UsageError(_("Say why with --reason, or --off-topic."))
    with opened(context) as world:
        if reason is None:
            desk.dismiss_off_topic(world, review_id, by=by)
        else:
            desk.dismiss_review(world, review_id, reason, by=by)
    show(_("Review {id} is dismissed by {by}; `repmon reopen {id}` takes it up again.").format(id=review_id, by=by))
