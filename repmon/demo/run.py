"""From an empty folder to a story told: set up, play the weeks, show what came of them."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from repmon.demo.commands import commands
from repmon.demo.folder import CONFIG, Folder
from repmon.demo.mailbox import Mailbox
from repmon.demo.play import play
from repmon.demo.report import report
from repmon.demo.screen import Screen
from repmon.demo.stored import stored
from repmon.demo.story import invented
from repmon.store.database import Database
from repmon.store.migrate import ensure_schema
from repmon.wording import _


def run_demo(folder: Path | None, *, once: bool) -> int:
    """Play the demo and print it; the exit status is 1 when a message did not reach the demo's own mailbox.

    `folder` is made where it is missing; a new temporary one is taken for None. It stays, with a configuration and a
    database for every other command. `once` says that nobody waits for more. ConfigError when the folder holds
    something that the demo did not make itself.
    """
    screen = Screen()
    place = Folder(folder or Path(tempfile.mkdtemp(prefix="repmon-demo-")))
    place.must_be_ours()
    with (
        screen.waiting(_("Playing four weeks …")),
        place.held(),
        Mailbox() as mailbox,
        place.live(mailbox.url) as settings,
    ):
        story = invented(datetime.now(UTC), settings.business.timezone)
        database = Database(settings.storage_url())
        try:
            ensure_schema(database)
            visits = play(settings, database, story, place.path, mailbox)
            found = stored(database)
            database.checkpoint()
        finally:
            database.close()
    report(screen, settings.business, visits, found, commands(place.path / CONFIG), once=once)
    return 1 if found.undelivered else 0
