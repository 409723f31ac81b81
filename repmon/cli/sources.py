"""`repmon sources`: how the sources are, one of them closely, and giving one another name."""

import click
from pydantic import TypeAdapter, ValidationError

from repmon import desk
from repmon.cli import asked, document, shapes, who
from repmon.cli.chosen import unknown
from repmon.cli.group import Listing
from repmon.cli.health import Health, healths
from repmon.cli.opening import opened
from repmon.cli.screen import Rows, safe, safe_line, sheet, show, when, word
from repmon.cli.words import Shape
from repmon.config.fields import Slug
from repmon.pipeline import World
from repmon.steps.messages.figures import moment
from repmon.store import sources as stored
from repmon.store.tables import ItemRow
from repmon.wording import _, say

LONGEST_RAW = 2000


@click.group(cls=Listing)
@asked.as_json
@click.pass_context
def sources(context: click.Context, *, as_json: bool) -> None:
    """List the sources and how they are.

    With a NAME: one source closely, with the items of it that could not be read.
    """
    if context.invoked_subcommand is not None:
        return
    with opened(context) as world:
        found = healths(world)
        if as_json:
            document.write_list(each.shape() for each in found)
        else:
            _table(world, found)


@sources.command(hidden=True)
@click.argument("name")
@asked.as_json
@click.pass_context
def one(context: click.Context, name: str, *, as_json: bool) -> None:
    """Show one source closely."""
    with opened(context) as world:
        found = {each.id: each for each in healths(world)}
        if name not in found:
            raise unknown(_("there is no source {name!r}"), name, found, "NAME", context.parent)
        items = _set_aside(world, name)
        if as_json or (context.parent and context.parent.params["as_json"]):
            document.write({**found[name].shape(), "items": [_shape(item) for item in items]})
        else:
            _closely(world, found[name], items)


@sources.command()
@click.argument("old")
@click.argument("new")
@who.by
@click.pass_context
def rename(context: click.Context, old: str, new: str, *, by: str) -> None:
    """Give a source another name; its reviews come along.

    Change its id in the configuration too, and let a running repmon read it again.
    """
    try:
        TypeAdapter(Slug).validate_python(new)
    except ValidationError:
        raise click.BadParameter(say("config_slug", {"given": new}), param_hint="NEW") from None
    with opened(context) as world:
        desk.rename_source(world, old, new, by=by)
        configured = {source.id for source in world.settings.sources}
    show(_("{old} is now {new}.").format(old=old, new=new))
    if new not in configured:
        show(_("Give it the new id in the configuration as well, or its reviews belong to a retired source."))


def _set_aside(world: World, name: str) -> list[ItemRow]:
    with world.database.read() as session:
        row = stored.source_named(session, name)
        return stored.items_set_aside(session, row.id or 0) if row else []


def _shape(item: ItemRow) -> Shape:
    return {
        "field": item.field, "reason": shapes.sentence(item.error), "raw": shapes.raw(item.raw),
        "first_seen_at": document.moment(item.first_seen_at), "last_seen_at": document.moment(item.last_seen_at),
    }  # fmt: skip


def _table(world: World, found: list[Health]) -> None:
    if not found:
        show(_("There are no [[sources]] in the configuration yet; `repmon connectors` lists what can be read."))
        return
    table = Rows(_("Source"), _("State"), _("Last read"), _("Reviews"), _("A week"), _("Set aside"), _("Connector"),
                 right=[_("Reviews"), _("A week"), _("Set aside")])  # fmt: skip
    zone = world.settings.business.timezone
    for each in found:
        per_week = None if each.expected_per_week is None else f"{each.expected_per_week:g}"
        table.add(each.id, word(each.state), when(each.last_ok_at, zone, world.clock()), each.reviews, per_week,
                  each.set_aside, each.connector)  # fmt: skip
    table.show()
    for each in found:
        for text in filter(None, (each.error, each.note)):
            show(f"{each.id}: {text}")


def _closely(world: World, found: Health, items: list[ItemRow]) -> None:
    zone = world.settings.business.timezone
    facts = (
        (_("Source"), found.id), (_("State"), word(found.state)), (_("Connector"), found.connector),
        (_("Location"), found.location), (_("Role"), found.role), (_("Asked every"), found.every),
        (_("Last read"), moment(found.last_ok_at, zone) if found.last_ok_at else _("never")),
        (_("Failing since"), moment(found.failing_since, zone) if found.failing_since else None),
        (_("Problem"), found.error), (_("Note"), found.note), (_("Reviews"), str(found.reviews)),
        (_("Set aside"), str(found.set_aside)),
    )  # fmt: skip
    show(sheet((name, value) for name, value in facts if value))
    for item in items:
        reason = shapes.sentence(item.error) or item.field
        show("", safe_line(f"{moment(item.first_seen_at, zone)} · {reason}", 500), safe(item.raw[:LONGEST_RAW], "dim"))
