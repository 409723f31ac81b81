"""A second process that understands while a large import is still being read, on machines with a second processor.

It is handed nothing: what waits lies in the database, as always. So whatever becomes of it, nothing is lost or done
twice; what it leaves undone waits for the first process. Run as `python -m repmon.turn.aside CONFIG`: it looks for
reviews at every line on its standard input, and ends with it.
"""

import logging
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from repmon.config import load
from repmon.store.database import Database
from repmon.turn.understand import understand
from repmon.turn.world import World

WORTH_IT = 2_000
"""Reviews read when it is begun: its start takes as long as understanding a thousand."""

log = logging.getLogger("repmon")


class Aside:
    """Begun at the first word of a read that is large; at the end it is waited for."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self._child: subprocess.Popen[bytes] | None = None
        self._wanted = _processors() > 1

    def __enter__(self) -> Self:
        """Nothing runs yet."""
        return self

    def stored(self, read: int) -> None:
        """Say that so many reviews have been read by now, and the last of them stored."""
        if not self._wanted or read < WORTH_IT:
            return
        try:
            self._child = self._child or self._begun()
            self._tell(self._child)
        except OSError as error:
            self._wanted = False  # it cannot start, or has ended: the first process goes on alone
            log.warning("understanding aside failed", extra={"reason": error.strerror})

    def no_more(self) -> bool:
        """Say that nothing more is going to be stored; whether it is still at work on what was."""
        if self._child is None or self._child.stdin is None:
            return False
        self._child.stdin.close()
        return self._child.poll() is None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let it finish what it has in hand; after an error at once."""
        if self._child is None:
            return
        if kind:
            self._child.terminate()
        self.no_more()
        self._child.wait()

    def _begun(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            [sys.executable, "-m", "repmon.turn.aside", self._config],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, bufsize=0,
            start_new_session=True,  # Ctrl-C is for the first process, which ends this one
        )  # fmt: skip

    @staticmethod
    def _tell(child: subprocess.Popen[bytes]) -> None:
        if child.stdin:
            child.stdin.write(b"\n")


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _main(config: str) -> None:
    settings = load(Path(config), environ=os.environ)
    world = World(settings, Database(settings.storage_url()))
    for _page in sys.stdin:
        understand(world)
    understand(world)
    world.database.close()


if __name__ == "__main__":
    _main(sys.argv[1])
