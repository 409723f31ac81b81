"""`repmon assign`: who takes it on."""

import click

from repmon import desk
from repmon.cli import who
from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.cli.until import end_of, lasting
from repmon.cli.until import until as until_then
from repmon.wording import _


@click.command()
@click.argument("review_id", metavar="ID", type=int)
@click.argument("name", required=False)
@lasting
@until_then
@click.option("--nobody", is_flag=True, help="Take it back.")
@who.by
@click.pass_context
def assign(
    context: click.Context, review_id: int, name: str | None, *, lasts: str | None, until: str | None, nobody: bool,
    by: str,
) -> None:  # fmt: skip
    """Give a review into somebody's hands.

    ID is the review's number in `repmon reviews`; with --for or --until it comes back by itself.
    """
    if (name is None) != nobody:
        raise click.UsageError(_("Name somebody, or say --nobody."))
    with opened(context) as world:
        given = lasts is not None or until is not None
        end = end_of(lasts, until, world.settings.business.timezone, world.clock()) if given else None
        desk.assign_review(world, review_id, name, end, by=by)
    if name:
        show(_("Review {id} is in the hands of {name}.").format(id=review_id, name=name))
    else:
        show(_("Review {id} is in nobody's hands.").format(id=review_id))
