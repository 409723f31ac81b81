"""Taking up a changed configuration without a restart; a broken one is said, line by line, and the old one stays."""

import logging
from collections.abc import Mapping
from pathlib import Path

from repmon.config import Settings, load, secrets_of, warnings
from repmon.daemon.loaded import write_down_config
from repmon.daemon.present import Present
from repmon.daemon.redact import Redactor
from repmon.errors import ConfigError, StoreError
from repmon.turn.world import World

log = logging.getLogger("repmon")


def read_config(path: Path, environ: Mapping[str, str], redactor: Redactor) -> Settings:
    """Load the configuration, hide its secrets before anything is said about it, and log what is unwise in it."""
    settings = load(path, environ=environ)
    redactor.hide(secrets_of(settings))
    for warning in warnings(settings):
        log.warning("config", extra={"problem": warning})
    return settings


def reload(path: Path, environ: Mapping[str, str], redactor: Redactor, present: Present) -> bool:
    """Put the world of the changed configuration in place; false where it cannot be, and all stays as it was."""
    try:
        settings = read_config(path, environ, redactor)
        world = present.with_settings(_with_fixed_parts_of(present.world.settings, settings))
        world.enter()
        write_down_config(world)
    except ConfigError as error:
        for problem in error.problems:
            log.error("config not taken: mend it and reload again", extra={"problem": problem})  # noqa: TRY400 - the line says it all
        return False
    except StoreError as error:
        log.error("config not taken", extra={"problem": str(error)})  # noqa: TRY400 - the sentence says it all
        return False
    name_unusable_channels(world)
    present.become(world)
    log.info("config taken", extra={"sources": len(settings.sources), "channels": len(settings.channels)})
    return True


def name_unusable_channels(world: World) -> None:
    """Warn of every channel that reaches nobody, since Apprise cannot read any of its addresses."""
    for name, targets in world.channels.items():
        if not targets:
            log.warning("channel reaches nobody: see `repmon check`", extra={"channel": name})


def _with_fixed_parts_of(old: Settings, new: Settings) -> Settings:
    """Leave what is open already as it is until a restart: the database, and the ports."""
    for name in ("storage", "health", "web"):
        if getattr(old, name) != getattr(new, name):
            log.warning("changed in the config, taken at the next restart", extra={"section": name})
    return new.model_copy(update={"storage": old.storage, "health": old.health, "web": old.web})
