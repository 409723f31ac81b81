"""From how a model decides to how likely it is right: probabilities that hold what they say."""

from collections.abc import Sequence
from math import exp, log, log1p

_NEWTON_STEPS = 50
_RIDGE = 1e-9
_SMALLEST_TURN = 1e-6


def calibrate(decisions: Sequence[float], positive: Sequence[bool]) -> tuple[float, float]:
    """Find (a, b) so that 1 / (1 + exp(-(a · decision + b))) is a probability (Platt 1999, with his softened targets).

    The decisions should come from texts the training has not seen. Newton's method, its steps halved while they do not
    lead downhill (Lin, Lin & Weng 2007).
    """
    count = sum(positive)
    high, low = (count + 1) / (count + 2), 1 / (len(positive) - count + 2)
    points = [(decision, high if one else low) for decision, one in zip(decisions, positive, strict=True)]
    at = (0.0, log((count + 1) / (len(positive) - count + 1)))
    loss = _loss(points, *at)
    for _ in range(_NEWTON_STEPS):
        by = _newton(points, *at)
        while loss - (trial := _loss(points, at[0] - by[0], at[1] - by[1])) < 0:
            by = (by[0] / 2, by[1] / 2)
            if abs(by[0]) + abs(by[1]) < _SMALLEST_TURN:
                return at
        at, loss = (at[0] - by[0], at[1] - by[1]), trial
        if abs(by[0]) + abs(by[1]) < _SMALLEST_TURN:
            break
    return at


def _loss(points: Sequence[tuple[float, float]], slope: float, offset: float) -> float:
    """Sum up how unlikely the targets are."""
    total = 0.0
    for decision, target in points:
        odds = slope * decision + offset
        total += log1p(exp(-abs(odds))) + max(odds, 0.0) - target * odds
    return total


def _newton(points: Sequence[tuple[float, float]], slope: float, offset: float) -> tuple[float, float]:
    """Give Newton's step: the slope of the loss, seen through its curvature."""
    down_slope = down_offset = both = 0.0
    curve_slope = curve_offset = _RIDGE
    for decision, target in points:
        likely = probability(slope * decision + offset)
        error, spread = likely - target, likely * (1 - likely)
        down_slope += error * decision
        down_offset += error
        curve_slope += spread * decision * decision
        curve_offset += spread
        both += spread * decision
    area = curve_slope * curve_offset - both * both
    return (curve_offset * down_slope - both * down_offset) / area, (
        curve_slope * down_offset - both * down_slope
    ) / area


def probability(log_odds: float) -> float:
    """Give the probability that has these log odds."""
    if log_odds >= 0:
        return 1 / (1 + exp(-log_odds))
    return 1 - 1 / (1 + exp(log_odds))
