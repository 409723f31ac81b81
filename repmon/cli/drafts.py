"""`repmon drafts`: the list of drafts."""

from typing import get_args

import click

from repmon.cli import asked, document, shapes
from repmon.cli.opening import opened
from repmon.cli.screen import Rows, rows_at_first, safe_line, show, when, word
from repmon.review import DraftState
from repmon.store import views
from repmon.wording import _


@click.command()
@click.option("--state", type=click.Choice(get_args(DraftState)), help="In this state.")
@asked.limit
@asked.as_json
@click.pass_context
def drafts(context: click.Context, *, state: str | None, limit: int | None, as_json: bool) -> None:
    """List drafts of replies, newest first.

    `repmon show` with a review's number shows the whole text. A terminal gets the first 50 unless --limit says
    otherwise; a pipe and --json get all.
    """
    with opened(context) as world:
        most = asked.at_most(limit, default=None if as_json else rows_at_first())
        with world.database.read() as session:
            rows = views.draft_rows(session, [state] if state else [], limit=most)
        if as_json:
            document.write_list(shapes.draft(row) for row in rows)
            return
        table = Rows(_("ID"), _("Review"), _("Written"), _("State"), _("Language"), _("Text"),
                     right=[_("ID"), _("Review")])  # fmt: skip
        for row in rows:
            table.add(row.id, row.review_id, when(row.created_at, world.settings.business.timezone, world.clock()),
                      word(row.state), row.language, safe_line(row.text, 300))  # fmt: skip
        if rows:
            table.show()
        else:
            show(_("No drafts. Unhappy reviews get one as soon as they are found."))
