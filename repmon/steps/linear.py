"""A linear classifier trained in pure Python: a support vector machine on weighted terms and a few dense figures.

Terms are weighted by how unevenly they occur in the two classes before training (Wang & Manning 2012, "Baselines and
Bigrams"), which is what lets some hundred short texts suffice. Training is dual coordinate descent for the squared
hinge loss (Hsieh et al. 2008), without shrinking. Same input, same weights: chance comes from a fixed seed.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from operator import mul

COST = 0.3
EPOCHS = 12
SEED = 20_190_101
_SLACK = 1 / (2 * COST)
_SMALLEST_STEP = 1e-3
_LEAST_TEXTS = 2
_MOST_TERMS = 10_000
_FLOOR = 0.5
"""Added to each term's unevenness, so that a term even between the classes is not silenced."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One text of so many `words` as terms and dense figures, and the class it belongs to."""

    terms: Sequence[str]
    words: int
    dense: Sequence[float]
    positive: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """`decision` of a text = bias + dense · figures + sum of its terms' weights / sqrt(number of its words + 1)."""

    terms: dict[str, float]
    dense: tuple[float, ...]
    bias: float

    def decision(self, sample: Sample) -> float:
        """Tell how far on the positive side a text is; 0 is the border the training chose."""
        said = sum([self.terms.get(term, 0.0) for term in sample.terms])
        return self.bias + product(self.dense, sample.dense) + said * scale(sample.words)


def product(weights: Sequence[float], figures: Sequence[float]) -> float:
    """Weigh figures."""
    return sum(map(mul, weights, figures), 0.0)


def scale(words: int) -> float:
    """Tell how much one word counts in a text of so many."""
    return 1 / sqrt(words + 1)


def train(samples: Sequence[Sample], seed: int = SEED) -> Weights:
    """Find the weights that part the two classes; both must be there, and all `dense` of one length."""
    places = {term: place for place, term in enumerate(_vocabulary(samples))}
    texts = [[places[term] for term in sample.terms if term in places] for sample in samples]
    weighting = _weighting(texts, samples, len(places))
    found = _Descent(texts, samples, weighting)
    found.go(random.Random(seed))  # noqa: S311 - an order, no secret
    terms = {term: found.terms[place] for term, place in places.items() if found.terms[place]}
    return Weights(terms, tuple(found.dense[:-1]), found.dense[-1])


def _vocabulary(samples: Sequence[Sample]) -> list[str]:
    """List the terms of at least two texts, the most frequent first, at most ten thousand."""
    frequencies = Counter(term for sample in samples for term in set(sample.terms))
    known = [(-count, term) for term, count in frequencies.items() if count >= _LEAST_TEXTS]
    return [term for _, term in sorted(known)[:_MOST_TERMS]]


def _weighting(texts: Sequence[Sequence[int]], samples: Sequence[Sample], size: int) -> list[float]:
    """Square each term's weighting: how uneven it is between the classes, as the log of a smoothed ratio."""
    inside, outside = [1.0] * size, [1.0] * size
    for text, sample in zip(texts, samples, strict=True):
        counts = inside if sample.positive else outside
        for place in set(text):
            counts[place] += 1
    balance = log(sum(inside) / sum(outside)) if size else 0.0
    return [(abs(log(a / b) - balance) + _FLOOR) ** 2 for a, b in zip(inside, outside, strict=True)]


class _Descent:
    """The weights on their way, and each text's share in them.

    The weighting sits in the weights, not in every value: a step along a term moves its weight by weighting² · step.
    """

    def __init__(self, texts: Sequence[Sequence[int]], samples: Sequence[Sample], weighting: Sequence[float]) -> None:
        self.texts, self.weighting = texts, weighting
        self.sides = [1.0 if sample.positive else -1.0 for sample in samples]
        self.scales = [scale(sample.words) for sample in samples]
        self.figures = [[*sample.dense, 1.0] for sample in samples]
        self.lengths = list(map(self._length, texts, self.scales, self.figures))
        self.pulls = [0.0] * len(samples)
        self.terms = [0.0] * len(weighting)
        self.dense = [0.0] * len(self.figures[0])

    def go(self, rng: random.Random) -> None:
        """Take text after text, in a new order each round, until hardly anything moves."""
        order = list(range(len(self.texts)))
        for _ in range(EPOCHS):
            rng.shuffle(order)
            if max(map(self._step, order)) < _SMALLEST_STEP:
                break

    def _step(self, at: int) -> float:
        """Give one text the pull that suits it best while all others keep theirs; how far that moved it."""
        text, figures, side, pull = self.texts[at], self.figures[at], self.sides[at], self.pulls[at]
        terms, weighting = self.terms, self.weighting
        decision: float = self.scales[at] * sum(map(terms.__getitem__, text)) + sum(map(mul, self.dense, figures))
        changed = max(pull - (side * decision - 1 + _SLACK * pull) / self.lengths[at], 0.0)
        if changed == pull:
            return 0.0
        self.pulls[at] = changed
        step = side * (changed - pull)
        along = step * self.scales[at]
        for place in text:
            terms[place] += along * weighting[place]
        self.dense = [weight + step * value for weight, value in zip(self.dense, figures, strict=True)]
        return abs(step)

    def _length(self, text: Sequence[int], scale: float, figures: Sequence[float]) -> float:
        """Measure a text as its own product with itself, and the slack."""
        terms = sum([self.weighting[place] * times * times for place, times in Counter(text).items()])
        return scale * scale * terms + sum([value * value for value in figures]) + _SLACK
