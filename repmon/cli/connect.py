"""`repmon connect SITE`: from a few questions to a source that answers, written into the configuration."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from repmon import __version__
from repmon.cli.chosen import unknown
from repmon.cli.consenting import Declined, chosen, consented
from repmon.cli.group import FAILED, complain
from repmon.cli.needs import needs
from repmon.cli.opening import config_path
from repmon.cli.outside import kept_outside, write_private
from repmon.cli.source_questions import ask_settings
from repmon.cli.trial import Trial, mend_of, trials
from repmon.config import Settings, load
from repmon.config.secrets import read
from repmon.config.starter import source_block
from repmon.connector import Connector
from repmon.discover import connector_names, load_connector
from repmon.errors import SourceError
from repmon.http import Client
from repmon.pipeline import World
from repmon.store.database import Database
from repmon.turn.world import utc_now
from repmon.wording import _, count


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
    kind = _kind(context, site)
    name = name or _free_name(settings, site.replace("_", "-"))
    client = Client(user_agent=f"repmon/{__version__}", clock=utc_now, allow=settings.http.allow,
                    proxy=settings.http.proxy)  # fmt: skip
    try:
        answers = _answers(client, path.parent, site, kind, _pairs(given), browser=not no_browser, paste=paste)
    except Declined as declined:
        complain(_("No consent was given: {why}.").format(why=declined))
        context.exit(FAILED)
    except SourceError as error:
        complain(str(error), *filter(None, [mend_of(site, error.code)]))
        context.exit(FAILED)
    finally:
        client.close()
    _add(context, path, {"id": name, "connector": site, **_without_secrets(path.parent, name, kind, answers)})


def _kind(context: click.Context, site: str) -> type[Connector]:
    found = load_connector(site)
    if found is None:
        raise unknown(_("there is no connector {name!r}"), site, connector_names(), "SITE", context)
    if found.connector is None:
        raise click.ClickException(found.problem)
    return found.connector


def _free_name(settings: Settings, wanted: str) -> str:
    taken = {source.id for source in settings.sources}
    return next(
        name for number in range(1, 1000) if (name := wanted + (f"-{number}" if number > 1 else "")) not in taken
    )


def _pairs(given: tuple[str, ...]) -> dict[str, object]:
    pairs = dict(each.partition("=")[::2] for each in given)
    return dict(pairs)


def _answers(
    client: Client,
    folder: Path,
    site: str,
    kind: type[Connector],
    given: dict[str, object],
    *,
    browser: bool,
    paste: bool,
) -> dict[str, object]:
    """Ask for what is needed; where the site has a page for consent, that comes before what the account offers."""
    if kind.consent is None:
        return ask_settings(site, kind, given)
    consent_url = given.pop("consent_url", None)
    consent = kind.consent if consent_url is None else kind.consent.at(str(consent_url))
    answers = ask_settings(site, kind, given, only={"client_id", "client_secret"})
    known = {need.name: need.default for need in needs(kind) if need.default is not None}
    known |= {key: read(value, folder, os.environ) for key, value in answers.items() if isinstance(value, str)}
    if consent.field not in answers:
        answers[consent.field] = known[consent.field] = consented(client, consent, known, browser=browser, paste=paste)
    return ask_settings(site, kind, {**answers, **chosen(client, kind, known)})


def _without_secrets(folder: Path, name: str, kind: type[Connector], answers: Mapping[str, Any]) -> dict[str, object]:
    secret = {need.name for need in needs(kind) if need.secret}
    return {
        key: kept_outside(folder, name, key, value) if key in secret and isinstance(value, str) else value
        for key, value in answers.items()
    }


def _add(context: click.Context, path: Path, table: Mapping[str, object]) -> None:
    """Try the configuration with the new source in it; only one that loads replaces the old one, comments and all."""
    trial_file = path.with_name(f".{path.name}.new")
    before = path.read_text("utf-8")
    write_private(trial_file, f"{before.rstrip()}\n\n{source_block(table)}")
    try:
        settings = load(trial_file, environ=os.environ)
        tried = _try(settings, str(table["id"]))
        _say(tried)
        if not all(each.ok for each in tried) and not click.confirm(_("Add it all the same?"), default=False):
            context.exit(FAILED)
        shutil.copymode(path, trial_file)
        trial_file.replace(path)
    finally:
        trial_file.unlink(missing_ok=True)
    click.echo(_("Added {id} to {file}.").format(id=table["id"], file=path.name))


def _try(settings: Settings, name: str) -> list[Trial]:
    """Ask the new source's first listing once."""
    source = next(each for each in settings.sources if each.id == name)
    world = World(settings, Database(settings.storage_url()))
    try:
        return [trial for trial, _place in zip(trials(world, source), range(1), strict=False)]
    finally:
        if "client" in vars(world):
            world.client.close()


def _say(tried: list[Trial]) -> None:
    for each in tried:
        seen = count(each.seen, "{n} review read", "{n} reviews read") if each.seen else _("it shows no reviews")
        for line in filter(None, (each.error or seen, each.mend, each.note)):
            click.echo(line)
