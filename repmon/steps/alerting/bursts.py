"""Does a place get more unhappy reviews than it usually does? Two tests for small numbers, and their figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from math import exp, lgamma, log1p

WINDOWS = (timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=10))
"""How far back "lately" may reach; a sharp burst shows in the shortest, a lasting change in the longest."""
USUAL = timedelta(weeks=8)
"""What is usual is learned from this long before the window."""
EARLIER = timedelta(weeks=44)
"""What came before that (the rest of a year) steadies it, and weighs as much as `USUAL` at most."""
LEAST = 3
"""Fewer unhappy reviews are bad luck, whatever a test says."""

_BUDGET = 4.6e-5
_LOOKS = (0.1, 1.35)
"""What chance may explain is shared out over the looks, one at each unhappy review: places with more of them are looked
at more often. From `python -m tests.bench bursts`: at most one false alarm a quiet year at any rate."""
_ALIKE = 0.3
"""Where a smaller share is usually unhappy, both tests say nearly the same, and together they have to say more."""
_EITHER = 0.3
"""Neither test alone may be this indifferent."""
_FLOOD = 0.01
_IN_A_FLOOD = 0.002
"""After a mailing, when happy reviews flood in as well, the number of unhappy ones says nothing: the share has to."""
_GOES_ON = 0.1
_SHAPE, _SHARE = 0.5, 0.5
_FIRST_WEEK = 0.5
"""The weak prior: half an unhappy review in half a week, and half a review of either mood."""
_DAYS_A_WEEK = 7.0
_MOST_CACHED = 20_000


@dataclass(frozen=True, slots=True)
class Span:
    """Reviews of a stretch of time: how many in all, and how many of them unhappy."""

    reviews: int = 0
    unhappy: int = 0


@dataclass(frozen=True, slots=True)
class Burst:
    """More unhappy reviews in `window` than is usual: `unhappy` of `reviews`, where `expected` would be usual.

    `usual_share` is the usual share of unhappy among reviews; `chance` how likely chance alone explains both figures.
    """

    window: timedelta
    reviews: int
    unhappy: int
    expected: float
    usual_share: float
    chance: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual at a place: Gamma(`shape`, `days`) unhappy reviews a day, and Beta(`bad`, `good`) their share."""

    shape: float
    days: float
    bad: float
    good: float

    @property
    def per_week(self) -> float:
        """Unhappy reviews a week."""
        return self.shape / self.days * _DAYS_A_WEEK

    @property
    def share(self) -> float:
        """The share of unhappy among all reviews, 0 to 1."""
        return self.bad / (self.bad + self.good)


def usual(lately: Span, earlier: Span) -> Usual:
    """What is usual, from the eight weeks before a window and, at the same weight in all, the 44 weeks before those.

    Weeks without any review count as they are: a young installation learns from the history its sources brought.
    """
    weight = USUAL / EARLIER if earlier.reviews else 0.0
    unhappy = lately.unhappy + weight * earlier.unhappy
    reviews = lately.reviews + weight * earlier.reviews
    days = (USUAL + weight * EARLIER) / timedelta(days=1) + _FIRST_WEEK * _DAYS_A_WEEK
    return Usual(_SHAPE + unhappy, days, _SHARE + unhappy, _SHARE + reviews - unhappy)


def burst(windows: Mapping[timedelta, tuple[Span, Usual]]) -> Burst | None:
    """The least likely burst among the windows (each with what it holds and what is usual); None when all is usual.

    Both must hold: so many unhappy reviews are unlikely at the usual rate (the gamma-Poisson predictive tail), and so
    large a share of unhappy is unlikely at the usual share (the beta-binomial tail). The product of the two chances is
    compared. After an invitation mailing there are more reviews of all kinds, and the share alone decides.
    """
    found = [_looked(window, held, known) for window, (held, known) in windows.items() if held.unhappy >= LEAST]
    return min(filter(None, found), key=lambda one: one.chance, default=None)


def goes_on(windows: Mapping[timedelta, tuple[Span, Usual]]) -> bool:
    """Whether an open incident still is one, as of an unhappy review: two or more in one or three days, and unusual."""
    return any(
        held.unhappy >= LEAST - 1 and count_tail(held.unhappy, window, known) <= _GOES_ON
        for window, (held, known) in windows.items()
        if window <= WINDOWS[1]
    )


def count_tail(unhappy: int, window: timedelta, known: Usual) -> float:
    """The chance of so many unhappy reviews or more in a window: negative binomial, the gamma-Poisson predictive."""
    return float(_count_tail(unhappy, window / timedelta(days=1), known.shape, known.days))


def share_tail(held: Span, known: Usual) -> float:
    """The chance that so many or more of the reviews are unhappy: beta-binomial."""
    return _share_tail(held.unhappy, held.reviews, known.bad, known.good)


def _looked(window: timedelta, held: Span, known: Usual) -> Burst | None:
    by_count = count_tail(held.unhappy, window, known)
    if by_count > _EITHER:
        return None
    by_share = share_tail(held, known)
    if by_share > (_IN_A_FLOOD if _flood(held, window, known) else _EITHER) or by_count * by_share > _allowed(known):
        return None
    expected = known.shape / known.days * (window / timedelta(days=1))
    return Burst(window, held.reviews, held.unhappy, expected, known.share, by_count * by_share)


def _flood(held: Span, window: timedelta, known: Usual) -> bool:
    """Whether happy reviews come in unusual numbers, too."""
    return _count_tail(held.reviews - held.unhappy, window / timedelta(days=1), known.good, known.days) <= _FLOOD


def _allowed(known: Usual) -> float:
    """How much chance may still explain at one look."""
    offset, power = _LOOKS
    return float(_BUDGET * min(1.0, known.share / _ALIKE) / (known.per_week + offset) ** power)


@lru_cache(_MOST_CACHED)
def _count_tail(number: int, length: float, shape: float, days: float) -> float:
    odds = length / (days + length)
    term = exp(shape * log1p(-odds))
    below = 0.0
    for k in range(number):
        below += term
        term *= (k + shape) / (k + 1) * odds
    return max(0.0, 1.0 - float(below))


@lru_cache(_MOST_CACHED)
def _share_tail(number: int, of: int, bad: float, good: float) -> float:
    whole = _log_beta(bad, good)
    return min(1.0, sum(
        exp(_log_choose(of, k) + _log_beta(bad + k, good + of - k) - whole) for k in range(number, of + 1)
    ))  # fmt: skip


def _log_beta(one: float, other: float) -> float:
    return lgamma(one) + lgamma(other) - lgamma(one + other)


def _log_choose(of: int, number: int) -> float:
    return lgamma(of + 1) - lgamma(number + 1) - lgamma(of - number + 1)
