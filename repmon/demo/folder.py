"""The demo's folder: started afresh where the demo made it, left alone where anybody else did."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

from repmon.config import Settings, load
from repmon.demo.exports import PAGE, REVIEW_SITE, SURVEY
from repmon.errors import ConfigError
from repmon.store.database import Database
from repmon.store.lock import writer_lock
from repmon.wording import say

CONFIG = "config.toml"
DATABASE = "repmon.db"
PAGES = PAGE.replace("{:02}", "[0-9][0-9]")
WRITTEN = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", REVIEW_SITE, SURVEY, PAGES)
"""What the demo writes beside its configuration, as patterns; other files in its folder are somebody's and stay."""
SEAL = "# Made by `repmon demo` (seal {}). Change this file and it is yours: no demo writes over it again.\n"
_SWITCHED_OFF = re.compile(r"(?m)^#(?=[^ \n])")


class Folder:
    """A folder with the demo's configuration, database and exports."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def must_be_ours(self) -> None:
        """Make the folder; ConfigError where it holds a file of ours that somebody else wrote, or has changed."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise ConfigError([say("demo_folder_unusable", {"folder": self.path, "reason": reason})]) from error
        config = self.path / CONFIG
        if config.exists():
            if not _sealed_by_us(config):
                raise ConfigError([say("demo_config_foreign", {"config": config})])
            return
        for file in self._written():
            raise ConfigError([say("demo_file_foreign", {"file": file})])

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep a daemon away while the demo writes; StoreError where one is running already."""
        database = Database(f"sqlite:///{self.path.absolute() / DATABASE}")
        with writer_lock(database):
            yield

    @contextmanager
    def live(self, mailbox: str) -> Iterator[Settings]:
        """Start afresh; give settings whose owner hears of everything at `mailbox`, an Apprise address.

        The configuration that stays behind has no channel: the mailbox ends with the demo, and messages to an
        address that nobody answers would be tried again and again.
        """
        for file in list(self._written()):
            file.unlink()
        config = self.path / CONFIG
        kept = (files("repmon.demo") / "data" / CONFIG).read_text("utf-8")
        try:
            _write(config, _SWITCHED_OFF.sub("", kept))
            yield load(config, environ={"OWNER_URL": mailbox})
        finally:
            _write(config, kept)

    def _written(self) -> Iterator[Path]:
        return (file for pattern in WRITTEN for file in self.path.glob(pattern))


def _write(config: Path, text: str) -> None:
    config.write_text(SEAL.format(_seal(text)) + text, "utf-8")


def _sealed_by_us(config: Path) -> bool:
    """Tell whether the file is what some demo wrote, to the last letter."""
    with suppress(OSError, UnicodeDecodeError):
        first, _, rest = config.read_text("utf-8").partition("\n")
        return f"{first}\n" == SEAL.format(_seal(rest))
    return False


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
