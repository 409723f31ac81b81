"""From the options to an open repmon: settings, database, and an end that leaves everything tidy."""

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from repmon.cli.group import Options, complain
from repmon.config import Settings, find, load, secrets_of, warnings
from repmon.pipeline import World
from repmon.store.database import Database
from repmon.store.migrate import ensure_schema
from repmon.wording import _


def config_path(context: click.Context) -> Path:
    """Which configuration is meant. ConfigError when there is none."""
    return find(_options(context).config, os.environ, Path())


def settings(context: click.Context, *, warn: bool = True) -> Settings:
    """Load the configuration, and unless told not to warn on stderr of what is unwise in it. ConfigError."""
    found = load(config_path(context), environ=os.environ)
    for warning in warnings(found) if warn else ():
        complain(_("Warning: {warning}").format(warning=warning))
    log_to_stderr(found, verbose=_options(context).verbose)
    return found


@contextmanager
def opened(context: click.Context) -> Iterator[World]:
    """Open the database of the configuration, brought to this version's schema; closed at the end. RepmonError."""
    given = settings(context)
    database = Database(given.storage_url())
    world = World(given, database)
    try:
        ensure_schema(database)
        with _interruptible(world):
            yield world
    finally:
        if "client" in vars(world):
            world.client.close()
        database.close()


def log_to_stderr(given: Settings, *, verbose: bool) -> None:
    """Show the log where it was asked for. Otherwise the command itself says what is worth knowing."""
    if verbose:
        from repmon.daemon import logs  # noqa: PLC0415 - the daemon's rooms are loaded for nobody else

        logs.set_up(secrets_of(given), as_json=False, level="info")
    else:
        logging.getLogger("repmon").addHandler(logging.NullHandler())


def _options(context: click.Context) -> Options:
    found = context.find_object(Options)
    return found or Options()


@contextmanager
def _interruptible(world: World) -> Iterator[None]:
    """On Ctrl-C or SIGTERM let every thread finish the row in hand, then end; what is stored stays stored."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        world.stopping.set()
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
