"""`repmon connectors`: what can be read, and what each connector needs and can do."""

import click
from rich.text import Text

from repmon.cli import asked, document
from repmon.cli.abilities import TIERS, about, facts, pace, shape, tier
from repmon.cli.chosen import unknown
from repmon.cli.group import FAILED, Listing, complain
from repmon.cli.needs import NOTHING, Need, block, needs
from repmon.cli.screen import Rows, safe, sheet, show
from repmon.config.starter import toml
from repmon.connector import Connector
from repmon.discover import Found, connector_names, load_connector
from repmon.discover import connectors as installed
from repmon.steps.plain import plain
from repmon.wording import _


@click.group(cls=Listing)
@asked.as_json
@click.pass_context
def connectors(context: click.Context, *, as_json: bool) -> None:
    """List the sites that can be read.

    With a NAME: what that connector can do, its settings, and lines for the configuration. Needs none itself.
    """
    if context.invoked_subcommand is not None:
        return
    found = installed().values()
    if as_json:
        document.write_list(shape(each) for each in found)
        return
    table = Rows(_("Connector"), _("Quality"), _("Every"), _("Replies"), _("Reads"), wrap=True)
    for each in found:
        if each.connector:
            seen = _("seen") if each.connector.sees_replies else None
            replies = _("posted") if each.connector.can("post_reply") else seen
            table.add(each.name, tier(each.connector), pace(each.connector), replies, about(each.connector))
        else:
            table.add(each.name, None, None, None, safe(each.problem, "red"))
    table.show()


@connectors.command(hidden=True)
@click.argument("name")
@asked.as_json
@click.pass_context
def one(context: click.Context, name: str, *, as_json: bool) -> None:
    """Show one connector closely."""
    found = load_connector(name)
    if found is None:
        raise unknown(_("there is no connector {name!r}"), name, connector_names(), "NAME", context.parent)
    if as_json or (context.parent and context.parent.params["as_json"]):
        document.write(shape(found))
    elif found.connector:
        _closely(found, found.connector)
    else:
        complain(found.problem)
    if found.connector is None:
        context.exit(FAILED)


def _closely(found: Found, connector: type[Connector]) -> None:
    package = " ".join(filter(None, (found.distribution, found.version)))
    show(safe(about(connector), "bold"), "")
    show(sheet([*facts(connector), (_("Quality"), _graded(connector)), (_("From"), package)]), "")
    show(sheet((need.name, _meaning(need)) for need in needs(connector)), "")
    show(_("`repmon connect {name}` asks for these, tries them, and adds the source. By hand:").format(name=found.name))
    click.echo(f"\n{plain(block(found.name, connector))}")  # unwrapped: a line broken in two is no TOML any more


def _graded(connector: type[Connector]) -> str:
    found = tier(connector)
    return _("{tier}, of {tiers}").format(tier=found, tiers=", ".join(TIERS)) if found else ""


def _meaning(need: Need) -> Text:
    """What a setting is for; below, its kind and what it is when nobody sets it."""
    kind = _("{type}; required") if need.required else _("{type}; {default} unless set")
    default = _("nothing") if need.default in NOTHING else toml(need.default)
    kind = kind.format(type=need.type, default=default)
    return Text("\n").join([safe(need.description or need.name), safe(kind, "dim")])
