"""What `repmon init` asks about the first source: which connector, and what that needs."""

import json
from collections.abc import Mapping, Sequence

import click
from pydantic import ValidationError

from repmon.cli.abilities import about
from repmon.cli.needs import Need, needs, variable, written
from repmon.cli.questions import OUTSIDE
from repmon.connector import Connector
from repmon.discover import connectors
from repmon.wording import _

NONE = "none"
ADDRESSES = {"base_url", "token_url"}
"""Settings for proxies and tests; nobody is asked for them."""


def ask_sources() -> Sequence[Mapping[str, object]]:
    """Ask for one source; none is an answer, too."""
    kinds = {name: found.connector for name, found in connectors().items() if found.connector}
    click.echo()
    click.echo(_("Where are your reviews? More sources can be added to the file later."))
    for name, kind in kinds.items():
        click.echo(f"  {name}: {about(kind)}")
    name = click.prompt(_("First source"), type=click.Choice([*kinds, NONE]), default=NONE, show_choices=False)
    if name == NONE:
        return []
    return [{"id": name.replace("_", "-"), "connector": name, **ask_settings(name, kinds[name])}]


def ask_settings(
    name: str, kind: type[Connector], known: Mapping[str, object] | None = None, only: set[str] | None = None
) -> dict[str, object]:
    """Ask what is required, and the rest where the defaults do not suit; ask again for what the connector refuses.

    `known` is not asked for; with `only` nothing else is, and nothing is checked yet.
    """
    wanted = needs(kind)
    given = dict(known or {})
    for need in wanted:
        if need.required and need.name not in given and (only is None or need.name in only):
            given[need.name] = _asked(name, need)
    if only is not None:
        return given
    if known is None:
        _ask_the_rest(name, wanted, given)
    while refused := _refused(kind, given):
        for key, reason in refused.items():
            click.echo(f"{key}: {reason}", err=True)
            given[key] = _asked(name, next(need for need in wanted if need.name == key))
    return given


def _ask_the_rest(name: str, wanted: Sequence[Need], given: dict[str, object]) -> None:
    others = [need for need in wanted if not need.required and need.default is not None and need.name not in ADDRESSES]
    if others:
        click.echo(_("Unless set: {defaults}").format(
            defaults=", ".join(f"{need.name} = {written(need.default)}" for need in others)
        ))  # fmt: skip
        if click.confirm(_("Change one of these?"), default=False):
            given.update((need.name, _asked(name, need)) for need in others)


def _asked(connector: str, need: Need) -> object:
    """One setting; a secret is best kept outside the file, so that is what is offered."""
    offered = f"env:{variable(connector, need.name)}" if need.secret and need.required else None
    default = offered if need.default is None else _shown(need.default)
    text = f"{need.name} ({need.description.rstrip('.')})" if need.description else need.name
    said = click.prompt(text, default=default)
    return _read(said, need)


def _shown(value: object) -> str:
    return value if isinstance(value, str) else written(value)


def _read(said: str, need: Need) -> object:
    """Take an answer for what the setting takes: JSON where it looks like it, a list of words for a list, else text."""
    said = said.strip()
    if not {"text", "secret"} & set(need.type.split()) or said.startswith(("[", "{")):
        try:
            return json.loads(said)
        except ValueError:
            return said
    return said.replace(",", " ").split() if need.type.startswith("list") else said


def _refused(kind: type[Connector], given: Mapping[str, object]) -> dict[str, str]:
    """What the connector says of the answers, by setting; secrets outside the file are not looked at yet."""
    try:
        kind.model_validate(given)
    except ValidationError as error:
        found = {str(each["loc"][0]): each["msg"] for each in error.errors() if each["loc"]}
        return {key: said for key, said in found.items() if not str(given.get(key)).startswith(OUTSIDE)}
    return {}
