"""What `repmon init` asks about the business and about who is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

import click
from pydantic import BaseModel, SecretStr, ValidationError

from repmon.cli import guesses
from repmon.config import Answers, Business, Channel, Trade
from repmon.config.units import Wrong
from repmon.deliver import targets
from repmon.errors import DeliveryError
from repmon.wording import _, say

OUTSIDE = ("env:", "file:")


def ask(environ: Mapping[str, str], sources: Callable[[Answers], Sequence[Mapping[str, object]]]) -> Answers:
    """Ask for everything, one line each; wrong answers are asked for again. `sources` asks for those."""
    name = _asked(_("Name of the business"), Business, "name", "My business")
    business = Answers(
        name=name,
        trade=click.prompt(_("Trade"), type=click.Choice(get_args(Trade)), default="generic"),
        timezone=_asked(_("Time zone"), Business, "timezone", guesses.timezone(environ)),
        languages=_asked(_("Languages you answer in, best first"), Business, "languages",
                         guesses.language(environ), _listed),
        contact=_asked(_("How an unhappy customer reaches you (mail or phone)"), Business, "contact", ""),
        signature=_asked(_("Name under replies"), Business, "signature", name),
    )  # fmt: skip
    return replace(business, sources=sources(business), **_channel())


def checked(model: type[BaseModel], key: str, value: object) -> Any:
    """Check one value as the configuration would; a usage error says what is wrong, and click asks again."""
    try:
        return getattr(model.model_validate({**_NEEDED.get(model, {}), key: value}), key)
    except ValidationError as error:
        wrong = error.errors()[0].get("ctx", {}).get("error")
        said = say(wrong.code, wrong.values) if isinstance(wrong, Wrong) else error.errors()[0]["msg"]
        raise click.UsageError(said) from None


_NEEDED: dict[type[BaseModel], dict[str, object]] = {Channel: {"id": "owner", "urls": ["json://127.0.0.1"]}}
"""What else a table must have before one of its values can be checked alone."""


def _asked(
    question: str, model: type[BaseModel], key: str, default: str, read: Callable[[str], object] = str.strip
) -> Any:
    return click.prompt(question, default=default, show_default=bool(default),
                        value_proc=lambda said: checked(model, key, read(said)))  # fmt: skip


def _listed(said: str) -> list[str]:
    return said.replace(",", " ").split()


def _channel() -> dict[str, Any]:
    """Ask where alerts go: an Apprise address, or where one can be read from."""
    click.echo()
    click.echo(_("Alerts go to any Apprise address: mailto://user:password@mail.example, slack://token/token/token …"))
    click.echo(_("To keep it out of the file say env:OWNER_URL and set that variable."))
    url = click.prompt(_("Address for alerts (empty: later)"), default="", show_default=False, value_proc=_address)
    if not url:
        return {}
    hours = _asked(_("Hours without other than urgent alerts, like 22:00-07:00 (empty: none)"), Channel,
                   "quiet_hours", "", lambda said: said.strip() or None)  # fmt: skip
    return {"channel_urls": (url,), "quiet_hours": hours or ""}


def _address(said: str) -> str:
    """Refuse what Apprise cannot read; what stands outside the file is looked up when the file is loaded."""
    url = said.strip()
    if url and not url.startswith(OUTSIDE):
        try:
            targets(SecretStr(url))
        except DeliveryError as error:
            raise click.UsageError(str(error)) from None
    return url
