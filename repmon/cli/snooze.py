"""`repmon snooze`: not now."""

import click

from repmon import desk
from repmon.cli import who
from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.cli.until import end_of, lasting
from repmon.cli.until import until as until_then
from repmon.steps.messages.figures import moment
from repmon.wording import _


@click.command()
@click.argument("review_id", metavar="ID", type=int)
@lasting
@until_then
@click.option("--off", is_flag=True, help="Let it rest no longer.")
@who.by
@click.pass_context
def snooze(
    context: click.Context, review_id: int, *, lasts: str | None, until: str | None, off: bool, by: str
) -> None:  # fmt: skip
    """Let a review rest for a while.

    ID is the review's number in `repmon reviews`. Until then nobody is reminded of it.
    """
    with opened(context) as world:
        zone = world.settings.business.timezone
        end = None if off else end_of(lasts, until, zone, world.clock())
        desk.snooze_review(world, review_id, end, by=by)
    if end:
        show(_("Review {id} rests until {moment}.").format(id=review_id, moment=moment(end, zone)))
    else:
        show(_("Review {id} rests no longer.").format(id=review_id))
