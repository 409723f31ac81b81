"""`repmon deliveries`: messages, what became of them, and another try."""

from collections.abc import Sequence
from typing import Any, get_args

import click

from repmon.cli import asked, document, shapes, who
from repmon.cli.group import FAILED
from repmon.cli.opening import opened
from repmon.cli.progress import waiting
from repmon.cli.screen import Rows, rows_at_first, show, when, word
from repmon.pipeline import Tally, World, deliver_all
from repmon.review import DeliveryState
from repmon.steps.messages.figures import moment
from repmon.store import views
from repmon.store.handles import Row
from repmon.turn.send import send_now
from repmon.wording import _, count, say

UNSENT = ("pending", "failed")


@click.command()
@click.option("--retry", is_flag=True, help="Send now what is pending or failed, and list that.")
@click.option("--again", metavar="ID", type=int, help="Send this one once more; it says that it is a repeat.")
@click.option("--state", type=click.Choice(get_args(DeliveryState)), help="In this state.")
@asked.limit
@asked.as_json
@who.by
@click.pass_context
def deliveries(
    context: click.Context, *, retry: bool, again: int | None, state: str | None, limit: int | None, as_json: bool,
    by: str,
) -> None:  # fmt: skip
    """List messages and what became of them.

    Newest first. With --retry or --again the exit status is 1 when something still could not be sent; --retry keeps to
    quiet hours, --again does not. A terminal gets the first 50 unless --limit says otherwise; a pipe and --json get
    all.
    """
    if retry and again is not None:
        raise click.UsageError(_("Either --retry or --again."))
    with opened(context) as world:
        tried, tally = _sent(world, again, by, retry=retry)
        most = asked.at_most(limit, default=None if as_json else rows_at_first())
        with world.database.read() as session:
            rows = views.delivery_rows(session, [state] if state else [], ids=tried, limit=most)
        if as_json:
            document.write_list(shapes.delivery(row) for row in rows)
        else:
            _table(world, rows)
            _say(rows, tally, retried=tried is not None)
    if tally.failed:
        context.exit(FAILED)


def _sent(world: World, again: int | None, by: str, *, retry: bool) -> tuple[list[int] | None, Tally]:
    """Send what was asked for; which messages that were (None: nothing was asked), and what came of it."""
    if again is None:
        return _retry(world) if retry else (None, Tally())
    world.enter()
    arrived = send_now(world, again, by=by)
    return [again], Tally(int(arrived), int(not arrived))


def _retry(world: World) -> tuple[list[int], Tally]:
    """Try everything unsent once; which messages that were, and what came of it."""
    world.enter()
    with world.database.read() as session:
        tried = [row.id for row in views.delivery_rows(session, UNSENT)]
    with waiting(count(len(tried), "Sending {n} message …", "Sending {n} messages …")):
        return tried, deliver_all(world, everything=True)


def _table(world: World, rows: Sequence[Row[Any]]) -> None:
    """The messages; below them each error once, with the target that gave it."""
    zone, now = world.settings.business.timezone, world.clock()
    table = Rows(_("ID"), _("Made"), _("Event"), _("Review"), _("State"), _("Tries"), _("To"),
                 right=[_("ID"), _("Review"), _("Tries")])  # fmt: skip
    for row in rows:
        table.add(row.id, when(row.created_at, zone, now), row.kind, row.review_id, word(row.state), row.attempts,
                  row.masked)  # fmt: skip
    if rows:
        table.show()
    for line in dict.fromkeys(_waits(row, zone) for row in rows if row.held_until):
        show(line)
    for line in dict.fromkeys(f"{row.masked}: {shapes.sentence(row.error)}" for row in rows if row.error):
        show(line)


def _waits(row: Row[Any], zone: str) -> str:
    """What a message is held for, once for all that wait alike."""
    return f"{row.masked}: {say(f'hold_{row.held_for}', {'until': moment(row.held_until, zone)})}"


def _say(rows: Sequence[Row[Any]], tally: Tally, *, retried: bool) -> None:
    if not rows:
        show(_("Nothing was waiting.") if retried else _("No messages yet."))
    if tally.delivered:
        show(count(tally.delivered, "{n} message sent.", "{n} messages sent."))
    if tally.failed:
        show(count(tally.failed, "{n} message could not be sent.", "{n} messages could not be sent."))
