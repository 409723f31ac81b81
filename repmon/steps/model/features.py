"""What a trained model looks at in a text: its words and their beginnings, and how the scorer's sum came about."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import log1p
from string import punctuation

from repmon.review import Reason, Review, Sentiment
from repmon.steps.clean import clean, split_translation
from repmon.steps.understanding.language import language_of
from repmon.steps.understanding.said import quotes
from repmon.steps.understanding.valence import squash

MANNER = (
    "score", "compound", "praise", "blame", "praise_density", "blame_density", "mean_sentence", "worst_sentence",
    "best_sentence", "first_sentence", "last_sentence", "length", "exclamations", "questions", "silent", "blaming",
    "praising",
)  # fmt: skip
"""The names of the figures `manner` gives, in its order."""

_MOST_READ = 20_000
"""As the phrase layer: what is not said in twenty thousand characters was not the point."""
_BEGINNINGS = (4, 6)
"""A word's first letters stand for its endings: "refuse", "refused", "refusal"."""
_LONGEST_WORD, _MOST_KEPT = 60, 30_000
_FIRST_UNSPACED = "\u0e00"
"""From Thai on most scripts write no spaces or glue endings on: pairs of characters stand for words there."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[\u2600-\u27bf\U0001f300-\U0001faff]")
_MARKS = punctuation + "\u2013\u2014\u2026\u00b7\u2022\u00a1\u00bf"
_SENTENCE_END = re.compile(r"[.!?\u2026]+\s")
_DENSITY, _LONG = 3, 4
_MOST_MARKS, _MOST_QUESTIONS = 3, 2


def spoken(review: Review, language: str) -> tuple[str, str]:
    """Give the words that count and their language, as the scorer chooses them (`language` is what it found).

    Of a review in another language than English this is the site's English translation, where there is one.
    """
    original, translated = split_translation(review.text)
    translated = review.translation or translated
    if translated and language != "en":
        said = clean(translated)
        return language_of(said), said
    title = review.title.strip()
    return language, clean(original if original.startswith(title.rstrip("…. ")) else f"{title}\n{original}")


def words(text: str) -> list[str]:
    """Split a cleaned text at its spaces into lower-case words without marks around, each once, in its order."""
    found = dict.fromkeys(map(_bare.__getitem__, text[:_MOST_READ].lower().split()))
    found.pop("", None)
    return list(found)


def terms_of(word: str) -> tuple[str, ...]:
    """Give what a word is known by: itself, and its beginnings (`refu~`); of `food/wine` those of both."""
    word = word[:_LONGEST_WORD]
    if word.isascii() and word.isalpha():  # nearly every English word
        return _with_beginnings(word)
    return tuple(dict.fromkeys(term for part in _WORD.findall(word) for term in _terms(part)))


def manner(text: str, sentiment: Sentiment) -> tuple[float, ...]:
    """Describe how the scorer's sum came about, each figure roughly within -1..1 (`MANNER` names them).

    `sentiment` is the plain reading of the same words, without stars.
    """
    said = [reason for reason in sentiment.reasons if quotes(reason)]
    parts = len(said)
    blamed = [reason.value for reason in said if reason.value < 0]
    blame, blaming = sum(blamed), len(blamed)
    praise = sum([reason.value for reason in said]) - blame
    length = text.count(" ") + 1
    sentences = _sentences(text, said, sentiment.score)
    return (
        sentiment.score, sentiment.compound, squash(praise), squash(blame),
        _DENSITY * praise / (length + _DENSITY), _DENSITY * blame / (length + _DENSITY),
        sum(sentences) / len(sentences), min(sentences), max(sentences), sentences[0], sentences[-1],
        log1p(length) / _LONG, min(text.count("!"), _MOST_MARKS) / _MOST_MARKS,
        min(text.count("?"), _MOST_QUESTIONS) / _MOST_QUESTIONS, float(not parts),
        blaming / (parts + 1), (parts - blaming) / (parts + 1),
    )  # fmt: skip


def _sentences(text: str, said: Sequence[Reason], score: float) -> list[float]:
    """Sum the parts sentence by sentence, each where its words stand; squashed."""
    ends = [end.end() for end in _SENTENCE_END.finditer(text)]
    if not ends or not said:
        return [score] * (len(ends) + 1)
    sums = [0.0] * (len(ends) + 1)
    at = 0
    for reason in said:
        found = text.find(reason.text, at)
        at = found if found >= 0 else max(text.find(reason.text), 0)
        sums[bisect_right(ends, at)] += reason.value
    return [squash(value) for value in sums]


class _Bare(dict[str, str]):
    """Token → word, filled as tokens are met, emptied when full."""

    def __missing__(self, token: str) -> str:
        word = token.strip(_MARKS)
        if len(token) <= _LONGEST_WORD:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[token] = word
        return word


_bare = _Bare()


def _terms(part: str) -> tuple[str, ...]:
    if part[0].isdecimal():
        return ("#",)
    if _FIRST_UNSPACED <= part[0] < "\u2000" or "\u3040" <= part[0] < "\U00010000":
        return (part, *(one + two for one, two in pairwise(part)))
    return _with_beginnings(part)


def _with_beginnings(part: str) -> tuple[str, ...]:
    return (part, *[f"{part[:length]}~" for length in _BEGINNINGS if len(part) > length])
