"""Learns from reviews whose stars are known how their words speak, and tells honestly whether that is any better.

Everything that is claimed comes from cross-validation: each text is judged by a model, a calibration and a threshold
that have not seen it.
"""

import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from repmon.review import Review, Sentiment
from repmon.steps.model.calibration import calibrate
from repmon.steps.model.evaluate import Figures, Verdict, figures, figures_of
from repmon.steps.model.features import manner, spoken, terms_of, words
from repmon.steps.model.learned import Model
from repmon.steps.model.linear import SEED, Corpus, Sample, Weights, product

LEAST_REVIEWS, LEAST_OF_EACH = 300, 25
"""Below these counts in a language nothing is learned."""
FOLDS = 5

_LUCK = 1.0
"""To be used a model has to be better in macro-F1 than the plain scorer, by so much divided by the size of the
smaller class: with thirty unhappy reviews a lead below 0.03 may be luck; with three hundred, whatever small lead a
model showed, it was better on reviews of other places, too."""
_USEFUL = 0.65
"""And the least it has to reach: a coin gets no more than 0.5, a scorer that cannot read the language still less."""
_LEAST_PRECISION = 0.75
_LONG = 15
"""From so many words on, equal texts are one text that was stored twice."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with a known verdict: what the model looks at, and how the plain scorer called it."""

    language: str
    sample: Sample
    called: bool
    raw: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of the examples in one language. The model is None where there were too few, or it is no better."""

    language: str
    reviews: int
    negatives: int
    model: Model | None = None
    plain: Figures | None = None
    learned: Figures | None = None


def example(review: Review, plain: Sentiment, *, negative: bool) -> Example:
    """Make an example; `plain` is the reading of the words alone."""
    language, text = spoken(review, plain.language)
    said = words(text)
    terms = tuple(term for word in said for term in terms_of(word))
    sample = Sample(terms, len(said), manner(text, plain), negative)
    return Example(language, sample, plain.label == "negative", plain.raw)


def learn(language: str, examples: Sequence[Example]) -> Learned:
    """Train on the examples of one language and hold the result against the plain scorer on the same texts."""
    examples = list(_distinct(examples))
    negatives = sum(one.sample.positive for one in examples)
    if len(examples) < LEAST_REVIEWS or min(negatives, len(examples) - negatives) < LEAST_OF_EACH:
        return Learned(language, len(examples), negatives)
    truth = [one.sample.positive for one in examples]
    folds = _folds(truth)
    corpus = Corpus([one.sample for one in examples])
    unseen = _judged_unseen(examples, corpus, folds)
    plain = figures(Verdict(language, one.sample.positive, one.called) for one in examples)
    learned = _honest(language, truth, unseen, folds)
    lead = _LUCK / min(negatives, len(examples) - negatives)
    better = (learned.macro_f1 or 0.0) >= max((plain.macro_f1 or 0.0) + lead, _USEFUL)
    model = _model(language, examples, corpus, unseen) if better else None
    return Learned(language, len(examples), negatives, model, plain, learned)


def border(decisions: Sequence[float], truth: Sequence[bool]) -> float:
    """Find from where on to call texts negative: the best macro-F1 of all borders where three of four calls are right.

    Where no border is that precise, the best macro-F1 of all.
    """
    ordered = sorted(zip(decisions, truth, strict=True), reverse=True)
    count = sum(truth)
    tried = []
    for called, (hits, (higher, lower)) in enumerate(
        zip(accumulate(negative for _, negative in ordered), pairwise([*ordered, (ordered[-1][0] - 1, False)]),
            strict=True), start=1,
    ):  # fmt: skip
        if higher[0] > lower[0]:
            found = figures_of(hits, called - hits, count - hits, len(ordered) - called - count + hits)
            precise = (found.negative_precision or 0.0) >= _LEAST_PRECISION
            tried.append((precise, found.macro_f1 or 0.0, (higher[0] + lower[0]) / 2))
    return max(tried)[2]


def _distinct(examples: Sequence[Example]) -> Iterator[Example]:
    """Leave out long texts seen before: one text in training and in test would be known by heart."""
    seen: set[tuple[str, ...]] = set()
    for one in examples:
        terms = tuple(one.sample.terms)
        if one.sample.words < _LONG or terms not in seen:
            seen.add(terms)
            yield one


def _folds(truth: Sequence[bool]) -> list[list[int]]:
    """Deal the texts out, both classes evenly."""
    order = list(range(len(truth)))
    random.Random(SEED).shuffle(order)  # noqa: S311 - an order, no secret
    order.sort(key=truth.__getitem__)
    return [sorted(order[first::FOLDS]) for first in range(FOLDS)]


def _judged_unseen(examples: Sequence[Example], corpus: Corpus, folds: Sequence[Sequence[int]]) -> list[float]:
    """Judge each text by a model trained on the other folds."""
    unseen = [0.0] * len(examples)
    for fold in folds:
        weights = corpus.train(_others(fold, len(examples)))
        for at in fold:
            unseen[at] = weights.decision(examples[at].sample)
    return unseen


def _honest(language: str, truth: Sequence[bool], unseen: Sequence[float], folds: Sequence[Sequence[int]]) -> Figures:
    """Count with a border that was found without the texts it is held against."""
    verdicts: list[Verdict] = []
    for fold in folds:
        others = _others(fold, len(truth))
        found = border([unseen[at] for at in others], [truth[at] for at in others])
        verdicts += [Verdict(language, truth[at], unseen[at] > found) for at in fold]
    return figures(verdicts)


def _others(fold: Sequence[int], count: int) -> list[int]:
    return [at for at in range(count) if fold[min(bisect_left(fold, at), len(fold) - 1)] != at]


def _model(language: str, examples: Sequence[Example], corpus: Corpus, unseen: Sequence[float]) -> Model:
    """Train on everything; calibration and threshold come from the judgements of the models that had not seen them."""
    truth = [one.sample.positive for one in examples]
    weights = corpus.train(range(len(examples)))
    scale, offset = calibrate(unseen, truth)
    return Model(
        language=language, terms={term: round(scale * weight, 4) for term, weight in sorted(weights.terms.items())},
        manner=tuple(round(scale * weight, 4) for weight in weights.dense), bias=scale * weights.bias + offset,
        threshold=scale * border(unseen, truth) + offset, slope=round(_slope(examples, weights) * scale, 4),
    )  # fmt: skip


def _slope(examples: Sequence[Example], weights: Weights) -> float:
    """Tell how much happier one more unit of the scorer's sum makes a text by the manner's weights (least squares)."""
    raws = [one.raw for one in examples]
    effects = [-product(weights.dense, one.sample.dense) for one in examples]
    middle, height = sum(raws) / len(raws), sum(effects) / len(effects)
    spread = sum((raw - middle) ** 2 for raw in raws)
    shared = sum((raw - middle) * (effect - height) for raw, effect in zip(raws, effects, strict=True))
    return max(shared / spread, 0.0) if spread else 0.0
