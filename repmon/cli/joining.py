"""A source from a few questions: consent where the site wants it, the answers, and one try; `connect` and `init`."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import click

from repmon import __version__
from repmon.cli.consenting import chosen, consented
from repmon.cli.needs import needs
from repmon.cli.progress import waiting
from repmon.cli.source_questions import ask_settings
from repmon.cli.trial import trials
from repmon.config import HttpSettings, Settings
from repmon.config.secrets import read
from repmon.connector import Connector, Consent
from repmon.http import Client
from repmon.pipeline import World
from repmon.store.database import Database
from repmon.turn.world import utc_now
from repmon.wording import _


@dataclass(frozen=True)
class Way:
    """How sites are asked on behalf of a person who connects one: where files are, and how consent is given."""

    folder: Path
    http: HttpSettings = field(default_factory=HttpSettings)
    browser: bool = True
    paste: bool = False


def answers(way: Way, site: str, kind: type[Connector], given: dict[str, object]) -> dict[str, object]:
    """Ask for what is needed; where the site has a page for consent, that comes before what the account offers.

    `given` is not asked for. SourceError: the site says no. Declined: the person does.
    """
    if kind.consent is None:
        return ask_settings(site, kind, given)
    client = Client(user_agent=f"repmon/{__version__}", clock=utc_now, allow=way.http.allow, proxy=way.http.proxy)
    try:
        return _with_consent(client, way, site, kind, kind.consent, given)
    finally:
        client.close()


def _with_consent(
    client: Client, way: Way, site: str, kind: type[Connector], usual: Consent, given: dict[str, object]
) -> dict[str, object]:
    consent_url = given.pop("consent_url", None)
    consent = usual if consent_url is None else usual.at(str(consent_url))
    found = ask_settings(site, kind, given, only={"client_id", "client_secret"})
    known = {need.name: need.default for need in needs(kind) if need.default is not None}
    known |= {key: read(value, way.folder, os.environ) for key, value in found.items() if isinstance(value, str)}
    if consent.field not in found:
        token = consented(client, consent, known, browser=way.browser, paste=way.paste)
        found[consent.field] = known[consent.field] = token
    return ask_settings(site, kind, {**found, **chosen(client, kind, known)})


def free_name(taken: set[str], site: str) -> str:
    """Name a new source after its site; with a number where there is one of that name."""
    wanted = site.replace("_", "-")
    names = (wanted + (f"-{number}" if number > 1 else "") for number in range(1, 1000))
    return next(name for name in names if name not in taken)


def pairs(given: tuple[str, ...]) -> dict[str, object]:
    """Take `--set KEY=VALUE` apart. UsageError for one without an equals sign."""
    for each in given:
        if "=" not in each:
            raise click.UsageError(_("--set takes KEY=VALUE, not {given!r}.").format(given=each))
    return dict(each.partition("=")[::2] for each in given)


def answered(settings: Settings, name: str) -> bool:
    """Ask the new source's first listing once, and say how it went; whether it went well."""
    source = next(each for each in settings.sources if each.id == name)
    world = World(settings, Database(settings.storage_url()))
    try:
        with waiting(_("Asking {name} …").format(name=name)):
            tried = [trial for trial, _place in zip(trials(world, source), range(1), strict=False)]
    finally:
        if "client" in vars(world):
            world.client.close()
    for each in tried:
        for line in each.lines():
            click.echo(line)
    return all(each.ok for each in tried)


def pushed_to(settings: Settings, name: str) -> str:
    """Where a site that sends by itself sends to; "" for one that is asked."""
    source = next(each for each in settings.sources if each.id == name)
    if source.settings.door != "push":
        return ""
    desk = settings.web.url or "https://…"
    return _("Have it send to {url}").format(url=f"{desk.rstrip('/')}/hooks/{name}")
