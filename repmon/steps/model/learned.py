"""A trained model applied: how likely a text is an unhappy one, and what each of its words says to that."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from repmon.review import Label, Reason, Review, Sentiment
from repmon.steps.model.calibration import probability
from repmon.steps.model.features import MANNER, manner, spoken, terms_of, words
from repmon.steps.model.linear import product, scale
from repmon.steps.understanding.plainwords import LANGUAGES_OF
from repmon.steps.understanding.said import rest_reason, whole_reason
from repmon.steps.understanding.valence import squash

FORM = 1
"""The form of a stored model; another one is left alone by this version."""

_STORED = ("language", "terms", "manner", "bias", "threshold", "slope")
_BORDER = 0.2
"""What `raw` is at the model's threshold, so that the label's own band (score beyond ±0.05) begins there."""
_NEUTRAL = 0.05
_MOST_REASONS, _LEAST_REASON = 8, 0.05
_LONGEST_KEPT, _MOST_KEPT = 40, 30_000


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in log odds of "unhappy". Called negative from `threshold` (log odds, too) on.

    `slope` is what one unit of the scorer's sum is worth here on average: so much of the weight of `manner` is shown
    at the scorer's own words.
    """

    language: str
    terms: dict[str, float]
    manner: tuple[float, ...]
    bias: float
    threshold: float
    slope: float = 0.0
    words: dict[str, float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", _Words(self.terms))


def as_text(model: Model) -> str:
    """Write a model as JSON."""
    values = {name: getattr(model, name) for name in _STORED}
    return json.dumps({"form": FORM, **values}, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Model | None:
    """Read a model; None where it is of another form, or trained on other figures than ours."""
    given = json.loads(text)
    if given.get("form") != FORM or len(given["manner"]) != len(MANNER):
        return None
    return Model(**{**{name: given[name] for name in _STORED}, "manner": tuple(given["manner"])})


def read_with(models: Mapping[str, Model], review: Review, plain: Sentiment) -> Sentiment:
    """Read a review with the model of its language; as it was read, where stars or a survey answer lead or none fits.

    `plain` is the scorer's reading of the same review.
    """
    asked = _asked(models, review, plain)
    return judge(*asked, plain) if asked else plain


def chance_with(models: Mapping[str, Model], review: Review, plain: Sentiment) -> float | None:
    """Give the probability, 0..1, that a review is an unhappy one; None where `read_with` leaves it to the scorer."""
    asked = _asked(models, review, plain)
    return chance(*asked, plain) if asked and _knows(*asked, plain) else None


def judge(model: Model, text: str, plain: Sentiment) -> Sentiment:
    """Judge a cleaned text. The reasons sum to `raw`, minus the log odds above the threshold; `compound` stays VADER's.

    The strongest words come first, then all others together, then what is no word's: how long the text is and how
    praise and blame are spread over it, and where the model draws its border.

    A text of which the model knows no word, and the scorer none either, stays as it was.
    """
    said = _weighed(model, text)
    if not said and not plain.reasons:
        return plain
    goal = model.threshold - log_odds(model, text, plain, sum(said.values())) - _BORDER
    told = {word: value for word, value in said.items() if word not in LANGUAGES_OF}  # "the" tells nobody anything
    for reason in plain.reasons:
        word = reason.text.lower()
        shown = word if word in said else reason.text
        told[shown] = told.get(shown, said.get(shown, 0.0)) + model.slope * reason.value
    ranked = sorted(told.items(), key=_weight, reverse=True)[:_MOST_REASONS]
    reasons = [Reason(word, value) for word, value in ranked if abs(value) >= _LEAST_REASON]
    spoken = sum(said.values()) + model.slope * plain.raw
    others = spoken - sum([reason.value for reason in reasons])
    if abs(others) >= _LEAST_REASON:
        reasons.append(rest_reason(others))
    reasons.append(whole_reason(goal - sum([reason.value for reason in reasons])))
    raw = sum([reason.value for reason in reasons])
    score = squash(raw)
    return Sentiment(_label(score, plain), plain.compound, raw, score, tuple(reasons), language=plain.language)


def chance(model: Model, text: str, plain: Sentiment) -> float:
    """Give the probability, 0..1, that a cleaned text is an unhappy one; `plain` is its reading without stars."""
    return probability(log_odds(model, text, plain, sum(_weighed(model, text).values())))


def log_odds(model: Model, text: str, plain: Sentiment, said: float) -> float:
    """Add bias and manner to what the words said (which speaks for happiness where it is above zero)."""
    return model.bias + product(model.manner, manner(text, plain)) - said


def _asked(models: Mapping[str, Model], review: Review, plain: Sentiment) -> tuple[Model, str] | None:
    """Find the model that has a say about a review, and the cleaned words it is to look at."""
    if not models or _settled(review):
        return None
    language, text = spoken(review, plain.language)
    model = models.get(language)
    return (model, text) if model else None


def _knows(model: Model, text: str, plain: Sentiment) -> bool:
    return bool(plain.reasons or _weighed(model, text))


def _weighed(model: Model, text: str) -> dict[str, float]:
    """Each known word with what it and its beginnings add for happiness."""
    found = words(text)
    share = -scale(len(found))
    return {word: value * share for word in found if (value := model.words[word])}


class _Words(dict[str, float]):
    """Word → the weight of its terms together, filled as words are met, emptied when full."""

    def __init__(self, terms: Mapping[str, float]) -> None:
        super().__init__()
        self._terms = terms

    def __missing__(self, word: str) -> float:
        value = sum([self._terms.get(term, 0.0) for term in terms_of(word)])
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = value
        return value


def _settled(review: Review) -> bool:
    """Tell whether the reviewer said in figures what they think: words never overrule that."""
    survey = review.scale == "nps" and review.given is not None
    return review.rating is not None or survey or review.recommended is not None


def _weight(word: tuple[str, float]) -> float:
    return abs(word[1])


def _label(score: float, plain: Sentiment) -> Label:
    if score <= -_NEUTRAL:
        return "negative"
    if plain.label == "mixed":
        return "mixed"
    return "positive" if score >= _NEUTRAL else "neutral"
