"""From an empty folder to a story told: set up, play the weeks, show what came of them, open the desk."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from repmon.config import Settings, load
from repmon.demo.commands import commands
from repmon.demo.desk import open_desk
from repmon.demo.folder import CONFIG, Folder
from repmon.demo.mailbox import Mailbox
from repmon.demo.play import Visit, play
from repmon.demo.report import report
from repmon.demo.screen import Screen
from repmon.demo.stored import Stored, stored
from repmon.demo.story import invented
from repmon.store.database import Database
from repmon.store.migrate import ensure_schema
from repmon.wording import _


def run_demo(folder: Path | None, *, once: bool) -> int:
    """Play the demo, print it, and open the desk on it; the exit status is 1 when a message did not reach the demo's
    own mailbox.

    `folder` is made where it is missing; a new temporary one is taken for None. It stays, with a configuration and a
    database for every other command. `once` ends when everything has been printed; otherwise the desk stays open until
    Ctrl-C. ConfigError when the folder holds something that the demo did not make itself.
    """
    screen = Screen()
    place = Folder(folder or Path(tempfile.mkdtemp(prefix="repmon-demo-")))
    place.must_be_ours()
    with place.held():
        settings, visits, found = _played(screen, place)
        report(screen, settings.business, visits, found, commands(place.path / CONFIG), once=once)
        if not once:
            with _opened(settings) as database:
                open_desk(screen, load(place.path / CONFIG, environ={}), database)
    return 1 if found.undelivered else 0


def _played(screen: Screen, place: Folder) -> tuple[Settings, Sequence[Visit], Stored]:
    with screen.waiting(_("Playing four weeks …")), Mailbox() as mailbox, place.live(mailbox.url) as settings:
        story = invented(datetime.now(UTC), settings.business.timezone)
        with _opened(settings) as database:
            ensure_schema(database)
            visits = play(settings, database, story, place.path, mailbox)
            return settings, visits, stored(database)


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    """The database, left as one file."""
    database = Database(settings.storage_url())
    try:
        yield database
        database.checkpoint()
    finally:
        database.close()
