"""Which topics are complained about more, or less, than before: counted by review, and tested before it is said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from repmon.steps.rising import fisher

_LEAST = 3
"""Fewer reviews than this are a coincidence, whatever a test says."""
_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class TopicTrend:
    """A topic blamed in `count` of `of` recent reviews, and in `before` of `before_of` earlier ones."""

    name: str
    count: int
    of: int
    before: int
    before_of: int

    @property
    def up(self) -> bool:
        """Whether its share grew."""
        return self.count * self.before_of > self.before * self.of


def topic_trends(recent: Sequence[frozenset[str]], earlier: Sequence[frozenset[str]]) -> list[TopicTrend]:
    """Name the topics whose share changed by more than chance explains (Fisher's exact test, one-sided, with
    Bonferroni's correction for the number of topics looked at); the surest first.
    """
    if not recent or not earlier:
        return []
    now = Counter(topic for topics in recent for topic in topics)
    then = Counter(topic for topics in earlier for topic in topics)
    found = [TopicTrend(name, now[name], len(recent), then[name], len(earlier)) for name in sorted({*now, *then})]
    tested = sorted(((_p(one), one) for one in found), key=lambda pair: (pair[0], pair[1].name))
    return [one for p, one in tested if p * len(found) <= _CHANCE and max(one.count, one.before) >= _LEAST]


def _p(one: TopicTrend) -> float:
    if one.up:
        return fisher(one.count, one.of, one.before, one.before_of)
    return fisher(one.before, one.before_of, one.count, one.of)
