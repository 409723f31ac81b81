"""What is asked about a source: which site it is, and what its connector needs to be told."""

from collections.abc import Iterable, Mapping, Sequence

import click
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from repmon.cli.abilities import about
from repmon.cli.answer import asked, confirmed
from repmon.cli.needs import Need, needs
from repmon.cli.questions import OUTSIDE
from repmon.cli.screen import Rows
from repmon.config.explain import worded
from repmon.config.nearest import nearest
from repmon.connector import Connector
from repmon.discover import connectors
from repmon.wording import _, say

NONE = "none"
ADDRESSES = {"base_url", "token_url"}
"""Settings for proxies and tests; nobody is asked for them."""


def ask_site(question: str, *, listed: bool) -> tuple[str, type[Connector]] | None:
    """Ask which site is to be read, after a list of them where wanted; None is an answer, too."""
    kinds = {name: found.connector for name, found in connectors().items() if found.connector}
    if listed:
        table = Rows(_("Name"), _("Reads"), wrap=True)
        for name, kind in kinds.items():
            table.add(name, about(kind))
        table.show()
    name = click.prompt(question, default=NONE, value_proc=lambda said: _known(said, [*kinds, NONE]))
    return None if name == NONE else (name, kinds[name])


def ask_settings(
    name: str, kind: type[Connector], known: Mapping[str, object] | None = None, only: set[str] | None = None
) -> dict[str, object]:
    """Ask what is required, for keys, and the rest where wanted; ask again for what the connector refuses.

    `known` is not asked for; with `only` nothing else is, and nothing is checked yet.
    """
    wanted = needs(kind)
    given = dict(known or {})
    required = [need for need in wanted if need.required and need.name not in given]
    _ask_for(name, kind, [need for need in required if only is None or need.name in only], given)
    if only is not None:
        return given
    rest = [need for need in wanted if not need.required and need.name not in ADDRESSES | given.keys()]
    keys = [need for need in rest if need.type == "secret"]
    _ask_for(name, kind, keys, given)
    rest = [need for need in rest if need not in keys]
    if rest and confirmed(_("Set any of these too: {names}?").format(names=", ".join(need.name for need in rest))):
        _ask_for(name, kind, rest, given)
    _mend(name, kind, given)
    return given


def _mend(name: str, kind: type[Connector], given: dict[str, object]) -> None:
    """Ask again until the connector takes the answers: for what it names, else for all that was left out."""
    wanted = needs(kind)
    while refused := problems(kind, given):
        for reason in refused.values():
            click.echo(reason, err=True)
        named = [need for need in wanted if need.name in refused]
        left_out = [need for need in wanted if need.name not in ADDRESSES | given.keys()]
        _ask_for(name, kind, named or left_out or wanted, given)


def _ask_for(name: str, kind: type[Connector], those: Iterable[Need], given: dict[str, object]) -> None:
    """Ask for each until it can be one; what they make together is looked at later."""
    for need in those:
        given.pop(need.name, None)
        while (said := asked(name, need)) is not None:
            given[need.name] = said
            refused = problems(kind, given).get(need.name)
            if refused is None:
                break
            click.echo(refused, err=True)


def problems(kind: type[Connector], given: Mapping[str, object]) -> dict[str, str]:
    """What the connector says of the answers, by setting ("" for all of them together).

    Secrets outside the file are not looked at yet.
    """
    try:
        kind.model_validate(dict(given))
    except ValidationError as error:
        found = {str(each["loc"][0]) if each["loc"] else "": _worded(each) for each in error.errors()}
        return {key: f"{key} {said}" if key else said for key, said in found.items()
                if not str(given.get(key)).startswith(OUTSIDE)}  # fmt: skip
    return {}


def _worded(detail: ErrorDetails) -> str:
    return _("is needed") if detail["type"] == "missing" else say(*worded(detail))


def _known(said: str, names: Sequence[str]) -> str:
    name = said.strip().replace("-", "_").casefold()
    if name not in names:
        sentence = _("There is no {name!r} in the list.{hint}")
        raise click.UsageError(sentence.format(name=said, hint=nearest(name, names)))
    return name
