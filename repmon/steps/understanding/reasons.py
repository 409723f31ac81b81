"""Reasons made once: most reviews praise in the same few words, and a new frozen object costs more than a look-up."""

from repmon.review import Reason

_MOST_KEPT, _LONGEST_KEPT = 5_000, 40


class Reasons(dict[tuple[str, float], Reason]):
    """(words, value) → Reason, filled as they are met and emptied when full."""

    def __missing__(self, part: tuple[str, float]) -> Reason:
        reason = Reason(*part)
        if len(part[0]) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[part] = reason
        return reason


reason_of = Reasons()
