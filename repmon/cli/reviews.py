"""`repmon reviews`: the list of reviews."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, get_args

import click

from repmon.cli import asked, document, shapes
from repmon.cli.figures import figure
from repmon.cli.opening import opened
from repmon.cli.screen import Rows, rows_at_first, safe_line, show, when, word
from repmon.cli.since import Since, moment_of
from repmon.pipeline import World
from repmon.review import Label, ReviewState
from repmon.store import views
from repmon.store.handles import Row
from repmon.store.views import ReviewFilter
from repmon.wording import _, count

AT_ONCE = 500
EXCERPT = 300


@click.command()
@click.option("--source", metavar="ID", help="Of this source.")
@click.option("--location", metavar="ID", help="Of this place.")
@click.option("--state", type=click.Choice(get_args(ReviewState)), help="In this state.")
@click.option("--label", type=click.Choice(get_args(Label)), help="Whose words read so.")
@click.option("--unhappy", is_flag=True, help="Unhappy ones only.")
@click.option("--since", type=Since(), metavar="WHEN", help="Written since 2026-03-01, or in the last 7d.")
@click.option("--search", metavar="WORDS", help="In which all these words occur.")
@asked.limit
@asked.as_json
@click.pass_context
def reviews(context: click.Context, /, *, limit: int | None, as_json: bool, since: str | None, **wanted: Any) -> None:
    """List reviews, newest first.

    A terminal gets the first 50 unless --limit says otherwise; a pipe and --json get all.
    """
    with opened(context) as world:
        now = world.clock()
        moment = moment_of(since, world.settings.business.timezone, now) if since else None
        with world.database.read() as session:
            ids = views.review_ids(session, ReviewFilter(since=moment, **wanted))
        shown = ids[: asked.at_most(limit, default=None if as_json else rows_at_first())]
        if as_json:
            document.write_list(shapes.review(row) for row in _rows(world, shown))
        else:
            _table(world, shown)
            _say_rest(len(ids), len(shown))


def _rows(world: World, ids: list[int]) -> Iterator[Row[Any]]:
    """Read a few at a time: neither memory nor a transaction is held while somebody reads on."""
    for first in range(0, len(ids), AT_ONCE):
        with world.database.read() as session:
            rows = views.reviews_by_id(session, ids[first : first + AT_ONCE])
        yield from rows


def _table(world: World, ids: list[int]) -> None:
    rows = Rows(_("ID"), _("Written"), _("Rating"), _("Words"), _("Source"), _("State"), _("Review"), right=[_("ID")])
    for row in _rows(world, ids):
        zone = world.settings.business_of(row.location).timezone
        said = " · ".join(filter(None, (row.title, row.text)))
        rows.add(
            row.id, _dated(row, zone, world.clock()), figure(row), word(row.corrected_label or row.label),
            row.source, word(row.state), safe_line(said, EXCERPT),
        )  # fmt: skip
    if ids:
        rows.show()


def _dated(row: Row[Any], zone: str, now: datetime) -> str | None:
    """When it was written; where the site does not say, when it was first seen."""
    if row.written_at:
        return when(row.written_at, zone, now)
    return _("seen {when}").format(when=when(row.first_seen_at, zone, now))


def _say_rest(found: int, shown: int) -> None:
    if not found:
        show(_("No reviews. Read your sources with `repmon poll`."))
    elif shown < found:
        show("", count(found - shown, "{n} more review; --limit 0 shows it.", "{n} more reviews; --limit 0 shows all."))
