"""Has a place's rating dropped? Stars of the last month against those of the months before, source by source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import erfc, sqrt

NOW = timedelta(days=30)
BEFORE = timedelta(days=90)
"""What the last month is compared with; where that is too little, twice as long."""
LEAST_NOW, LEAST_BEFORE = 8, 12
LEAST_DROP = 0.3
"""Stars. A smaller drop may be real, but is nothing to call anybody for."""
CHANCE = 0.005
"""The test is made again every hour and its months overlap: 0.5 % a look is less than one false alarm in two years."""

Stars = Mapping[float, int]
"""How often each number of stars was given."""
BySource = Mapping[int, tuple[Stars, Stars]]
"""Of each source the stars before, and now."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Mean stars before and now, the number of reviews each rests on, and the chance of such a drop by luck."""

    before: float
    now: float
    before_reviews: int
    reviews: int
    chance: float


def drop(by_source: BySource) -> Drop | None:
    """The drop between the two spans of each source's stars (before, now); None where there is none to speak of.

    Only sources with stars in both spans count, and the reviews before are weighed so that each source has the same
    share in both: a new source with stricter guests is no drop. Reviews are compared within their source by the
    Mann-Whitney test with its correction for ties, the sources summed (van Elteren 1960), one-sided.
    """
    both = [pair for pair in by_source.values() if pair[0] and pair[1]]
    late, early = (sum(sum(pair[which].values()) for pair in both) for which in (1, 0))
    if late < LEAST_NOW or early < LEAST_BEFORE:
        return None
    now = sum(_total(pair[1]) for pair in both) / late
    before = sum(_mean(pair[0]) * sum(pair[1].values()) for pair in both) / late
    if before - now < LEAST_DROP:
        return None
    chance = _chance(both)
    return Drop(before, now, early, late, chance) if chance <= CHANCE else None


def _chance(pairs: list[tuple[Stars, Stars]]) -> float:
    """The one-sided p of the sum of rank sums: normal, as it is for eight reviews of few different figures."""
    distance = variance = 0.0
    for before, now in pairs:
        moved, spread = _rank_sum(before, now)
        weight = 1 / (sum(before.values()) + sum(now.values()) + 1)
        distance += weight * moved
        variance += weight**2 * spread
    return 0.5 * erfc(distance / sqrt(2 * variance)) if variance else 1.0


def _rank_sum(before: Stars, now: Stars) -> tuple[float, float]:
    """By how much the ranks of now fall short of what no change would give, and their variance."""
    late, early = sum(now.values()), sum(before.values())
    everything = late + early
    rank, ranks, ties = 0.0, 0.0, 0.0
    for figure in sorted({*before, *now}):
        alike = before.get(figure, 0) + now.get(figure, 0)
        ranks += now.get(figure, 0) * (rank + (alike + 1) / 2)
        rank += alike
        ties += alike**3 - alike
    variance = late * early / 12 * (everything + 1 - ties / (everything * (everything - 1)))
    return late * (everything + 1) / 2 - ranks, variance


def _mean(stars: Stars) -> float:
    return _total(stars) / sum(stars.values())


def _total(stars: Stars) -> float:
    return sum(figure * number for figure, number in stars.items())
