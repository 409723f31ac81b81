"""The things of the configuration that a person names on the command line."""

from collections.abc import Iterable, Sequence

import click

from repmon.config import Source
from repmon.config.nearest import nearest
from repmon.wording import _


def configured_source(sources: Sequence[Source], name: str, hint: str) -> Source:
    """Find a source by its id; a usage error with the nearest id when there is none."""
    found = next((source for source in sources if source.id == name), None)
    if found is None:
        raise unknown(_("there is no source {name!r} in the configuration"), name, (each.id for each in sources), hint)
    return found


def unknown(
    sentence: str, name: str, names: Iterable[str], hint: str, context: click.Context | None = None
) -> click.BadParameter:
    """Make the usage error for a name that means nothing; `context` is the command whose usage is shown."""
    return click.BadParameter(f"{sentence.format(name=name)}{nearest(name, names)}", context, param_hint=hint)
