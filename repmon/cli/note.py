"""`repmon note`: a word to colleagues."""

import click

from repmon import desk
from repmon.cli import who
from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.wording import _


@click.command()
@click.argument("review_id", metavar="ID", type=int)
@click.argument("text")
@who.by
@click.pass_context
def note(context: click.Context, review_id: int, text: str, *, by: str) -> None:
    """Leave a word to colleagues beside a review.

    ID is the review's number in `repmon reviews`. A note is never posted anywhere; `repmon show ID` shows it.
    """
    with opened(context) as world:
        desk.add_note(world, review_id, text, by=by)
    show(_("The note is kept with review {id}.").format(id=review_id))
