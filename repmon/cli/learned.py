"""What was learned from the reviews of the configuration at hand, for commands that also work without one."""

from collections.abc import Mapping, Sequence

import click

from repmon.cli.opening import config_path, settings
from repmon.errors import ConfigError
from repmon.steps.model.learned import Model
from repmon.store import models
from repmon.store.database import Database
from repmon.store.migrate import ensure_schema


def learned_here(context: click.Context, *, plain: bool) -> tuple[Sequence[str], Mapping[str, Model]]:
    """The languages of the business, and the model in use for each language: none with `plain`.

    Nothing of either where there is no configuration; ConfigError where there is one that cannot be read.
    """
    try:
        config_path(context)
    except ConfigError:
        return (), {}
    given = settings(context, warn=False)
    database = Database(given.storage_url())
    try:
        if plain or (database.path and not database.path.exists()):
            return given.business.languages, {}
        ensure_schema(database)
        with database.read() as session:
            return given.business.languages, models.active(session)
    finally:
        database.close()
