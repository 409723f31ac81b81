"""Which kind of answer a review needs: the named cases a reply pack has words for."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from repmon.review import (
    DETRACTOR_NPS,
    HAPPY_SHARE,
    UNHAPPY_SHARE,
    UNHAPPY_STARS,
    Review,
    Sentiment,
    share_given,
)  # fmt: skip
from repmon.steps.drafting.names import people_named
from repmon.steps.understanding.phrases import Index, find, index, tokens

NO_DRAFT = "crisis"
"""Somebody may be in danger or makes a threat: no ready words fit, a person writes this one."""

SENSITIVE = frozenset({"safety", "discrimination", "wrong_business", "refund", "staff"})
PRAISE = frozenset({"positive", "stars_high"})
FALLBACK: Mapping[str, tuple[str, ...]] = {
    "contradiction_angry": ("negative",),
    "contradiction_kind": ("mixed",),
    "discrimination": ("safety", "negative"),
    "refund": ("negative",),
    "safety": ("negative",),
    "staff": ("negative",),
    "stars_high": ("positive",),
    "stars_low": ("negative",),
    "stars_mid": ("mixed",),
    "wrong_business": ("negative",),
}
"""Where a pack has no words of its own for a part of a case, these cases' words are taken."""

_READ = 20_000
"""Characters of the text that are looked through: nobody's point comes later."""

_HAPPY_STARS = 4.0
_PROMOTER_NPS = 9.0
_ORDER = ("crisis", "discrimination", "safety", "wrong_business", "refund")


def case_of(review: Review, sentiment: Sentiment, business: str = "") -> str:
    """Tell the case: `positive`, `mixed`, `negative`, `stars_*` without words, `contradiction_*`, or a sensitive one.

    The sensitive ones are looked for in everything but praise, the gravest first, in the review's language and in
    English. `staff` is a complaint with a first name in it, not the author's and not part of the `business`'s name.
    """
    text = f"{review.title}\n{review.text[:_READ]}".strip()
    if not text:
        return _by_stars(review)
    case = _by_words(review, sentiment)
    words = tokens(text)
    spoken = (review.language or sentiment.language).partition("-")[0].lower()
    found = {name for code in dict.fromkeys((spoken, "en")) for _, _, name in find(words, _index(code))}
    if NO_DRAFT in found:
        return NO_DRAFT
    if case == "positive":
        return case
    for name in _ORDER:
        if name in found:
            return name
    return "staff" if case == "negative" and people_named(text, besides=f"{review.author} {business}") else case


def _by_stars(review: Review) -> str:
    rating = review.rating
    if rating is None:
        happy = _verdict(review)
        return "stars_mid" if happy is None else "stars_high" if happy else "stars_low"
    return "stars_low" if rating <= UNHAPPY_STARS else "stars_high" if rating >= _HAPPY_STARS else "stars_mid"


def _by_words(review: Review, sentiment: Sentiment) -> str:
    happy, label = _verdict(review), sentiment.label
    if happy is None:
        return label if label in {"positive", "negative"} else "mixed"
    if happy:
        angry = label == "negative"
        return "contradiction_angry" if angry else "mixed" if label == "mixed" else "positive"
    return "contradiction_kind" if label == "positive" else "negative"


def _verdict(review: Review) -> bool | None:
    """Tell what the author's own figure says: happy, unhappy, or neither."""
    if review.rating is not None:
        return True if review.rating >= _HAPPY_STARS else False if review.rating <= UNHAPPY_STARS else None
    if review.scale == "nps" and review.given is not None:
        return True if review.given >= _PROMOTER_NPS else False if review.given <= DETRACTOR_NPS else None
    share = share_given(review)
    if share is not None:
        return True if share >= HAPPY_SHARE else False if share <= UNHAPPY_SHARE else None
    return review.recommended


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("repmon.steps").joinpath("data/cases.toml").read_text("utf-8"))


@cache
def _index(language: str) -> Index:
    return index((phrase, name) for name, phrases in _data().get(language, {}).items() for phrase in phrases)
