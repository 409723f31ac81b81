"""Running as a daemon: from the lock on the database until a signal to stop."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from repmon.daemon.arenas import share_heaps
from repmon.daemon.companion import Companion, Nobody
from repmon.daemon.life import Daemon
from repmon.daemon.logs import LEVELS, set_up
from repmon.daemon.opening import opened
from repmon.daemon.reload import read_config, reload
from repmon.daemon.signals import Signals
from repmon.daemon.systemd import Systemd
from repmon.errors import ConfigError
from repmon.review import Review
from repmon.steps.understanding.score import score
from repmon.turn.world import World
from repmon.wording import _

LEVEL = "REPMON_LOG_LEVEL"


def run(config_path: Path, environ: Mapping[str, str] = os.environ, companion: Companion | None = None) -> int:
    """Run until SIGTERM or SIGINT, then return 0. SIGHUP reloads the configuration. `companion` runs beside it.

    Raises ConfigError for a configuration that cannot be used, StoreError for a database that cannot: another daemon
    runs on it (or took it over while the connection to its server was lost), it is read-only, it is newer than this
    repmon. For the main thread only. Ends the process (status 0) instead of returning when a site or a channel still
    hangs long after the signal.
    """
    share_heaps()
    _warm_up()
    redactor = set_up((), as_json=not sys.stderr.isatty(), level=_level(environ))
    with Signals() as signals:
        settings = read_config(config_path, environ, redactor)
        with opened(settings.storage_url()) as (database, lock):
            daemon = Daemon(World(settings, database), Systemd(environ), companion or Nobody(), lock)
            daemon.start()
            daemon.serve(signals, lambda: reload(config_path, environ, redactor, daemon.present))
            daemon.stop(signals)
            if daemon.displaced is not None:
                raise daemon.displaced
    return 0


def _warm_up() -> None:
    """Build the word lists first: what building them leaves free is then taken up by everything loaded later (4 MB)."""
    score(Review(source="", external_id="", text="Good."), ("en",))


def _level(environ: Mapping[str, str]) -> str:
    given = environ.get(LEVEL, "info").strip().casefold()
    if given not in LEVELS:
        raise ConfigError([_("{name} is one of {levels}.").format(name=LEVEL, levels=", ".join(LEVELS))])
    return given
