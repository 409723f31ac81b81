"""Figures that are the same for a minute: gathered once, and shown with the moment they are of."""

import threading
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from repmon.store.database import Database

MOST = 64
"""So many answers are kept a database; then the oldest goes."""
Found = TypeVar("Found")


class Kept(Generic[Found]):
    """Answers by what was asked, for so long. Threads that ask the same at once may both look; the later one stays."""

    def __init__(self, long: timedelta) -> None:
        self._long = long
        self._lock = threading.Lock()
        self._of: WeakKeyDictionary[Database, dict[Hashable, tuple[datetime, Any]]] = WeakKeyDictionary()

    def get(
        self, database: Database, asked: Hashable, now: datetime, find: Callable[[], Found]
    ) -> tuple[datetime, Found]:  # fmt: skip
        """The answer, and the moment it is of; a moment in the future is from a clock that was ahead."""
        with self._lock:
            known = self._of.setdefault(database, {}).get(asked)
        if known is not None and timedelta() <= now - known[0] < self._long:
            return known
        found = find()
        with self._lock:
            kept = self._of.setdefault(database, {})
            kept.pop(asked, None)
            kept[asked] = (now, found)
            while len(kept) > MOST:
                del kept[next(iter(kept))]
        return now, found
