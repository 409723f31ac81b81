"""Which topics are complained about clearly more often, or clearly less, than in the weeks before."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repmon.steps.rising import fisher

CHANCE = 0.01
"""A dozen topics are looked at, each in both directions: at 5 % every other digest would name one by chance."""
_TIMES = 2.0
"""At least so many times as often, or as seldom."""
_LEAST = 3
"""So many reviews now, or to be expected now, before it is worth saying."""


@dataclass(frozen=True, slots=True)
class Move:
    """A topic blamed in `count` recent reviews; `usual` would have been as before. `p` is the chance of it."""

    topic: str
    count: int
    usual: float
    p: float

    @property
    def up(self) -> bool:
        """Whether it is complained about more."""
        return self.count > self.usual


def topic_moves(recent: Sequence[frozenset[str]], earlier: Sequence[frozenset[str]]) -> tuple[Move, ...]:
    """Compare what each recent review blames with each earlier one, most certain first.

    The share is of all reviews, and tested with Fisher's exact test (one-sided), as for phrases (`steps.rising`).
    """
    if not recent or not earlier:
        return ()
    return tuple(sorted(_moves(recent, earlier), key=lambda move: (move.p, move.topic)))


def _moves(recent: Sequence[frozenset[str]], earlier: Sequence[frozenset[str]]) -> Iterator[Move]:
    now, before = (Counter(topic for one in some for topic in one) for some in (recent, earlier))
    for topic in now | before:
        usual = before[topic] / len(earlier) * len(recent)
        up, down = now[topic] >= _TIMES * usual, now[topic] * _TIMES <= usual
        enough = now[topic] if up else usual
        if not (up or down) or enough < _LEAST:
            continue
        ours, theirs = (now[topic], len(recent)), (before[topic], len(earlier))
        p = fisher(*ours, *theirs) if up else fisher(*theirs, *ours)
        if p <= CHANCE:
            yield Move(topic, now[topic], usual, p)
