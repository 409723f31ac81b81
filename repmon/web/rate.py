"""How often something may happen: a bucket of turns for each key that fills again with time, kept in memory."""

import threading
from datetime import datetime

MOST_KEYS = 10_000


class Rate:
    """`turns` for each key at once, and as many again in every `seconds`; for any number of threads."""

    def __init__(self, turns: int, seconds: float) -> None:
        self._turns, self._seconds = float(turns), seconds
        self._spent: dict[str, tuple[float, datetime]] = {}
        self._lock = threading.Lock()

    def wait(self, key: str, now: datetime) -> float:
        """Take a turn, and 0; or the seconds until this key has one."""
        with self._lock:
            spent = self._spent_by(key, now)
            if spent + 1 > self._turns:
                return (spent + 1 - self._turns) * self._seconds / self._turns
            self._make_room(now)
            self._spent[key] = (spent + 1, now)
            return 0.0

    def _spent_by(self, key: str, now: datetime) -> float:
        spent, at = self._spent.get(key, (0.0, now))
        back = max((now - at).total_seconds(), 0.0) * self._turns / self._seconds
        return max(spent - back, 0.0)

    def _make_room(self, now: datetime) -> None:
        """Forget who has all turns again; when everybody is busy, everybody."""
        if len(self._spent) < MOST_KEYS:
            return
        self._spent = {key: spent for key, spent in self._spent.items() if self._spent_by(key, now) > 0}
        if len(self._spent) >= MOST_KEYS:
            self._spent.clear()
