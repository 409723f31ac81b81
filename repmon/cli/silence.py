"""`repmon silence`: keep alerts about something quiet for a while."""

from collections.abc import Sequence
from datetime import datetime

import click

from repmon.cli import asked, document, who
from repmon.cli import until as ends
from repmon.cli.chosen import configured_source, unknown
from repmon.cli.opening import opened
from repmon.cli.screen import Rows, show, word
from repmon.pipeline import World
from repmon.steps.messages.figures import moment
from repmon.store import silences
from repmon.store.tables import SilenceRow
from repmon.turn.silence import Scope, add_silence, lift_silence
from repmon.wording import _


@click.group()
def silence() -> None:
    """Keep alerts about something quiet for a while.

    Everything is read, stored and decided about as ever. When a silence ends, unhappy reviews that still wait for an
    answer come as one summary; the rest is not sent.
    """


@silence.command()
@click.option("--source", metavar="ID", help="Alerts from this source.")
@click.option("--location", metavar="ID", help="Alerts about this place.")
@click.option("--rule", metavar="NAME", help="Alerts that this rule sends.")
@click.option("--review", metavar="ID", type=int, help="Alerts about this review.")
@ends.lasting
@ends.until
@who.by
@click.pass_context
def add(
    context: click.Context, /, *, lasts: str | None, until: str | None, by: str, **named: str | int | None
) -> None:  # fmt: skip
    """Begin a silence; exactly one thing is named."""
    with opened(context) as world:
        scope, scope_id = _named(world, {name: value for name, value in named.items() if value is not None})
        zone = world.settings.business.timezone
        end = ends.end_of(lasts, until, zone, world.clock())
        number = add_silence(world, scope, scope_id, end, by=by)
        show(_("Silence {id}: {scope} {name} is quiet until {moment}.").format(
            id=number, scope=_word(scope), name=scope_id, moment=moment(end, zone)))  # fmt: skip


@silence.command("list")
@click.option("--all", "ended", is_flag=True, help="Those that have ended too.")
@asked.as_json
@click.pass_context
def list_(context: click.Context, *, ended: bool, as_json: bool) -> None:
    """List the silences that last, newest first."""
    with opened(context) as world:
        with world.database.read() as session:
            rows = silences.every(session, None if ended else world.clock())
        if as_json:
            document.write_list(_shape(world, row) for row in rows)
        elif rows:
            _table(world, rows)
        else:
            show(_("Nothing is silenced."))


@silence.command()
@click.argument("silence_id", metavar="ID", type=int)
@who.by
@click.pass_context
def lift(context: click.Context, silence_id: int, *, by: str) -> None:
    """End a silence now."""
    with opened(context) as world:
        lift_silence(world, silence_id, by=by)
        show(_("Silence {id} is over.").format(id=silence_id))


def _named(world: World, named: dict[str, str | int]) -> tuple[Scope, str]:
    """Check the one thing that was named against the configuration."""
    if len(named) != 1:
        raise click.UsageError(_("Name one thing: --source, --location, --rule or --review."))
    scope, name, settings = *next((scope, str(given)) for scope, given in named.items()), world.settings
    if scope == "review":
        return "review", name
    if scope == "source":
        return "source", configured_source(settings.sources, name, "--source").id
    if scope == "location":
        places = [place.id for place in settings.locations]
        if name not in places:
            raise unknown(_("there is no location {name!r} in the configuration"), name, places, "--location")
        return "location", name
    rules = [*(rule.name for rule in settings.rules_or_defaults()), "system"]
    if name not in rules:
        raise unknown(_("there is no rule {name!r} in the configuration"), name, rules, "--rule")
    return "rule", name


def _table(world: World, rows: Sequence[SilenceRow]) -> None:
    zone, now = world.settings.business.timezone, world.clock()
    table = Rows(_("ID"), _("What"), _("Which"), _("State"), _("Until"), _("By"), right=[_("ID")])
    for row in rows:
        table.add(row.id, _word(row.scope), row.scope_id, word(_state(row, now)), moment(row.until, zone), row.asked_by)
    table.show()


def _shape(world: World, row: SilenceRow) -> dict[str, object]:
    return {
        "id": row.id, "scope": row.scope, "scope_id": row.scope_id, "state": _state(row, world.clock()),
        "until": document.moment(row.until), "asked_by": row.asked_by, "asked_at": document.moment(row.asked_at),
        "lifted_at": document.moment(row.lifted_at),
    }  # fmt: skip


def _state(row: SilenceRow, now: datetime) -> str:
    if row.lifted_at:
        return "lifted"
    return "lasts" if row.until > now else "ended"


def _word(scope: str) -> str:
    return {"review": _("review"), "source": _("source"), "location": _("location"), "rule": _("rule")}[scope]
