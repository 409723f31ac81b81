"""What unhappy reviews that come together have in common, and others before them had not."""

from collections import Counter
from collections.abc import Sequence

from repmon.steps.rising import fisher

LEAST = 2
MOST = 3
_SHARE = 1 / 3
_CHANCE = 0.1
_BEFORE = 10
"""With fewer earlier reviews to compare with, what most of them name is said as it is."""


def shared_topics(reviews: Sequence[frozenset[str]], before: Sequence[frozenset[str]]) -> list[tuple[str, int]]:
    """Up to three topics with the number of reviews that name them, most frequent first.

    A third of the reviews, and at least two, must name a topic, and more of them than usual (Fisher's exact test,
    one-sided; a list of three for a person to glance at may be a little wrong).
    """
    usual = Counter(name for one in before for name in one)
    found = Counter(name for one in reviews for name in one)
    return [
        (name, number)
        for name, number in sorted(found.items(), key=lambda each: (-each[1], each[0]))
        if number >= max(LEAST, _SHARE * len(reviews))
        and (len(before) < _BEFORE or fisher(number, len(reviews), usual[name], len(before)) <= _CHANCE)
    ][:MOST]
