"""A linear classifier trained in pure Python: a support vector machine on weighted terms and a few dense figures.

Terms are weighted by how unevenly they occur in the two classes before training (Wang & Manning 2012, "Baselines and
Bigrams"), which is what lets some hundred short texts suffice. Training is dual coordinate descent for the squared
hinge loss (Hsieh et al. 2008), where texts well on their side rest for a few rounds. Same input, same weights: chance
comes from a fixed seed.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt
from operator import mul

COST = 0.3
EPOCHS = 9
SEED = 20_190_101
_SLACK = 1 / (2 * COST)
_SMALLEST_STEP = 1e-3
_AT_REST, _WAKE_EVERY = 0.3, 4
"""Texts so far beyond the margin rest until the next fourth round (the last is one): half the time, same figures."""
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


class Corpus:
    """Samples made ready once, to be trained on in several selections; all `dense` are of one length."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        numbers: dict[str, int] = {}
        numbered = [[numbers.setdefault(term, len(numbers)) for term in sample.terms] for sample in samples]
        self._names = list(numbers)
        spread = Counter(chain.from_iterable(map(set, numbered)))
        self._texts = [[term for term in text if spread[term] >= _LEAST_TEXTS] for text in numbered]
        self._times = [list(Counter(text).items()) for text in self._texts]
        self._sides = [1.0 if sample.positive else -1.0 for sample in samples]
        self._scales = [scale(sample.words) for sample in samples]
        self._figures = [[*sample.dense, 1.0] for sample in samples]

    def train(self, members: Sequence[int], seed: int = SEED) -> Weights:
        """Find the weights that part the two classes among these samples; both classes must be there."""
        known = self._vocabulary(members)
        weighting = self._weighting(members, known)
        found = _Descent(
            [self._texts[at] for at in members], [self._sides[at] for at in members],
            [self._scales[at] for at in members], [self._figures[at] for at in members],
            [self._length(at, weighting) for at in members], weighting,
        )  # fmt: skip
        found.go(random.Random(seed))  # noqa: S311 - an order, no secret
        terms = {self._names[term]: found.terms[term] for term in known if found.terms[term]}
        return Weights(terms, tuple(found.dense[:-1]), found.dense[-1])

    def _vocabulary(self, members: Sequence[int]) -> list[int]:
        """List the terms of at least two texts, the most frequent first, at most ten thousand."""
        frequencies = Counter([term for at in members for term, _ in self._times[at]])
        known = [(-count, self._names[term], term) for term, count in frequencies.items() if count >= _LEAST_TEXTS]
        return [term for *_, term in sorted(known)[:_MOST_TERMS]]

    def _weighting(self, members: Sequence[int], known: Sequence[int]) -> list[float]:
        """Square each term's weighting: how uneven it is between the classes, as the log of a smoothed ratio.

        Terms outside the vocabulary weigh nothing.
        """
        counts = {side: Counter([term for at in members if self._sides[at] == side for term, _ in self._times[at]])
                  for side in (1.0, -1.0)}  # fmt: skip
        inside, outside = ([counts[side][term] + 1.0 for term in known] for side in (1.0, -1.0))
        balance = log(sum(inside) / sum(outside)) if known else 0.0
        weighting = [0.0] * len(self._names)
        for term, here, there in zip(known, inside, outside, strict=True):
            weighting[term] = (abs(log(here / there) - balance) + _FLOOR) ** 2
        return weighting

    def _length(self, at: int, weighting: Sequence[float]) -> float:
        """Measure a text as its own product with itself, and the slack."""
        terms = sum([weighting[term] * times * times for term, times in self._times[at]])
        return self._scales[at] ** 2 * terms + product(self._figures[at], self._figures[at]) + _SLACK


def train(samples: Sequence[Sample], seed: int = SEED) -> Weights:
    """Find the weights that part the two classes; both must be there, and all `dense` of one length."""
    return Corpus(samples).train(range(len(samples)), seed)


@dataclass
class _Descent:
    """The weights on their way, and each text's share in them.

    The weighting sits in the weights, not in every value: a step along a term moves its weight by weighting² · step.
    """

    texts: list[list[int]]
    sides: list[float]
    scales: list[float]
    figures: list[list[float]]
    lengths: list[float]
    weighting: list[float]

    def __post_init__(self) -> None:
        self.pulls = [0.0] * len(self.texts)
        self.terms = [0.0] * len(self.weighting)
        self.dense = [0.0] * len(self.figures[0])

    def go(self, rng: random.Random) -> None:
        """Take text after text, in a new order each round, until hardly anything moves."""
        awake = list(range(len(self.texts)))
        for rounds in range(EPOCHS):
            if rounds and rounds % _WAKE_EVERY == 0:
                awake = list(range(len(self.texts)))
            rng.shuffle(awake)
            awake, moved = self._round(awake)
            if moved < _SMALLEST_STEP:
                break

    def _round(self, order: Sequence[int]) -> tuple[list[int], float]:
        """Give each text the pull that suits it best while all others keep theirs: (who stays awake, the longest step).

        One long loop on purpose: a call for each text would cost as much as what is done for it.
        """
        weight_of, weighting, dense = self.terms.__getitem__, self.weighting, self.dense
        awake: list[int] = []
        longest = 0.0
        for at in order:
            text, figures, side, pull = self.texts[at], self.figures[at], self.sides[at], self.pulls[at]
            decision: float = self.scales[at] * sum(map(weight_of, text)) + sum(map(mul, dense, figures))
            beyond = side * decision - 1
            changed = max(pull - (beyond + _SLACK * pull) / self.lengths[at], 0.0)
            if changed == pull:
                if beyond < _AT_REST:
                    awake.append(at)
                continue
            awake.append(at)
            self.pulls[at] = changed
            step = side * (changed - pull)
            along = step * self.scales[at]
            for term in text:
                self.terms[term] += along * weighting[term]
            dense = [weight + step * value for weight, value in zip(dense, figures, strict=True)]
            longest = max(longest, abs(step))
        self.dense = dense
        return awake, longest
