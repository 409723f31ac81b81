"""Getting consent for a source: the browser, the code, the token, and what the account then offers."""

import webbrowser
from collections.abc import Mapping
from typing import Any

import click

from repmon.cli.loopback import Declined, Listener, Round
from repmon.connector import Connector, Consent, Offer
from repmon.errors import SourceChanged, SourceRefused
from repmon.http import Client
from repmon.wording import _


def consented(client: Client, consent: Consent, given: Mapping[str, Any], *, browser: bool, paste: bool) -> str:
    """The refresh token a person's consent gives. SourceError when the site does not give one; Declined."""
    listener = Listener()
    with listener.listening():
        asked = Round(consent, str(given["client_id"]), listener.redirect)
        click.echo(_("Open this address in a browser and give consent:"))
        click.echo(f"\n  {asked.url}\n")
        if paste:
            address = click.prompt(_("Paste the address the browser ended at, even if it shows an error"))
        else:
            if browser:
                webbrowser.open(asked.url)
            address = listener.answer()
    form = asked.exchange(asked.code_in(address), str(given["client_secret"]))
    answer = client.read(calls_per_second=5.0).post(str(given["token_url"]), form=form)
    found = answer.json()
    token = found.get("refresh_token") if isinstance(found, dict) else None
    if not isinstance(token, str) or not token:
        raise SourceChanged("no_refresh_token", url=str(given["token_url"]))
    granted = str(found.get("scope", consent.scope)).split()
    if consent.scope not in granted:
        raise SourceRefused("scope_not_given", scope=consent.scope)
    return token


def chosen(client: Client, kind: type[Connector], given: Mapping[str, Any]) -> dict[str, object]:
    """The settings of what the person chose among all that the account holds; {} where it offers nothing."""
    offers = list(kind.offers(client.read(calls_per_second=kind.calls_per_second), given))
    if not offers:
        click.echo(_("The account offers nothing to choose from; its settings are asked for."))
        return {}
    for number, offer in enumerate(offers, start=1):
        click.echo(f"  {number}  {offer.title}")
    picked = click.prompt(_("Which one? (several: 1,3)"), default="1", value_proc=lambda said: _picked(said, offers))
    return _together(picked)


def _picked(said: str, offers: list[Offer]) -> list[Offer]:
    try:
        numbers = [int(part) for part in said.replace(",", " ").split()]
    except ValueError:
        numbers = []
    if not numbers or not all(0 < number <= len(offers) for number in numbers):
        raise click.UsageError(_("Give one or more of the numbers, 1 to {last}.").format(last=len(offers)))
    found = [offers[number - 1] for number in dict.fromkeys(numbers)]
    if len({tuple(sorted((k, str(v)) for k, v in each.settings.items() if k != "location")) for each in found}) > 1:
        raise click.UsageError(_("These belong to different accounts: connect one after the other."))
    return found


def _together(picked: list[Offer]) -> dict[str, object]:
    """One source for several places of the same account: their values as a list where they differ."""
    settings: dict[str, object] = {}
    for name in picked[0].settings:
        values = list(dict.fromkeys(str(each.settings[name]) for each in picked))
        settings[name] = values[0] if len(values) == 1 else values
    return settings


__all__ = ["Declined", "chosen", "consented"]
