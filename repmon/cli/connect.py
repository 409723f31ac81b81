"""`repmon connect SITE`: from a few questions to a source that answers, written into the configuration."""

import os
from pathlib import Path

import click

from repmon.cli.chosen import unknown
from repmon.cli.consenting import Declined
from repmon.cli.group import FAILED, complain
from repmon.cli.joining import Way, answered, answers, free_name, pairs, pushed_to
from repmon.cli.needs import needs
from repmon.cli.opening import config_path
from repmon.cli.stopped import stopping
from repmon.cli.tentative import Tentative
from repmon.cli.trial import mend_of
from repmon.config import load
from repmon.config.starter import source_block
from repmon.connector import Connector
from repmon.discover import connector_names, load_connector
from repmon.errors import SourceError
from repmon.wording import _

Answers = dict[str, object]


@click.command()
@click.argument("site")
@click.option("--id", "name", help="What the source is called; by default as the site.")
@click.option("--set", "given", multiple=True, metavar="KEY=VALUE", help="A setting, so that it is not asked for.")
@click.option("--no-browser", is_flag=True, help="Only print the address where consent is given.")
@click.option("--paste", is_flag=True, help="On a machine without a browser: paste the address it ended at elsewhere.")
@click.pass_context
def connect(
    context: click.Context, site: str, name: str | None, given: tuple[str, ...], *, no_browser: bool, paste: bool
) -> None:
    """Add a source from a few questions.

    What the site needs is asked for, tried once online, and written into the configuration, whose comments stay.
    Secrets go into files beside it that you alone can read. SITE is one of `repmon connectors`.
    """
    path = config_path(context)
    settings = load(path, environ=os.environ)
    kind = kind_of(site, "SITE", context)
    taken = {source.id for source in settings.sources}
    if name in taken:
        raise click.UsageError(_("there is a source {name} already; --id gives the new one a name").format(name=name))
    way = Way(path.parent, settings.http, browser=not no_browser, paste=paste)
    with stopping(context, _("`--set KEY=VALUE` answers a question beforehand.")):
        try:
            found = answers(way, site, kind, pairs(given))
        except Declined as declined:
            complain(_("No consent was given: {why}.").format(why=declined))
            context.exit(FAILED)
        except SourceError as error:
            complain(str(error), *filter(None, [mend_of(site, error.code)]))
            context.exit(FAILED)
        _add(context, path, site, kind, name or free_name(taken, site), found)


def kind_of(site: str, hint: str, context: click.Context) -> type[Connector]:
    """The connector of this name; a usage error when there is none, or when it is broken."""
    found = load_connector(site)
    if found is None:
        raise unknown(_("there is no connector {name!r}"), site, connector_names(), hint, context)
    if found.connector is None:
        raise click.ClickException(found.problem)
    return found.connector


def _add(context: click.Context, path: Path, site: str, kind: type[Connector], name: str, found: Answers) -> None:
    """Try the configuration with the new source in it; only one that loads replaces the old one, comments and all."""
    with Tentative(path) as new:
        table = {"id": name, "connector": site, **new.without_secrets(name, needs(kind), found)}
        text = f"{path.read_text('utf-8').rstrip()}\n\n{source_block(table)}"
        settings = new.tried(text)
        if not answered(settings, name) and not click.confirm(_("Add it all the same?"), default=False):
            click.echo(_("Nothing was changed."))
            context.exit(FAILED)
        new.keep(text, as_before=True)
    click.echo(_("Added {id} to {file}.").format(id=name, file=path.name))
    if to := pushed_to(settings, name):
        click.echo(to)
    click.echo(_("`repmon poll {id}` reads it now; a running repmon needs a restart, or SIGHUP.").format(id=name))
