"""`repmon correct`: what a review is in a person's eyes."""

from getpass import getuser
from typing import cast, get_args

import click

from repmon.cli import asked, document
from repmon.cli.opening import opened
from repmon.cli.screen import show
from repmon.desk import correct_label
from repmon.review import Label
from repmon.wording import _

TAKEN_BACK = "none"
LABELS = [label for label in get_args(Label) if label != "unknown"]


@click.command()
@click.argument("review_id", metavar="ID", type=int)
@click.argument("label", type=click.Choice([*LABELS, TAKEN_BACK]))
@click.option("--by", metavar="NAME", help="Who says so; by default who is logged in here.")
@asked.as_json
@click.pass_context
def correct(context: click.Context, review_id: int, label: str, *, by: str | None, as_json: bool) -> None:
    """Say what a review really is.

    ID is the review's number in `repmon reviews`. Your label wins over stars and words wherever repmon asks whether a
    review is unhappy, it stays when the review is read anew, and `repmon learn` learns from it. LABEL `none` takes it
    back.
    """
    given = None if label == TAKEN_BACK else cast("Label", label)
    with opened(context) as world:
        unhappy = correct_label(world, review_id, given, by=by or getuser())
    if as_json:
        document.write({"id": review_id, "corrected": given, "unhappy": unhappy})
    else:
        show(_said(review_id, given, unhappy=unhappy))


def _said(review_id: int, label: Label | None, *, unhappy: bool) -> str:
    treated = _("it is treated as unhappy") if unhappy else _("it is not treated as unhappy")
    if label is None:
        return _("Review {id}: the correction is taken back; {treated}.").format(id=review_id, treated=treated)
    return _("Review {id} is {label} by your word; {treated}.").format(id=review_id, label=label, treated=treated)
