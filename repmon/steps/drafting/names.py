"""First names: whom a reply greets by name, and whether a review names somebody. When in doubt, nobody."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from repmon.steps.understanding.phrases import fold, tokens

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*\.?")
_LONGEST_AUTHOR = 60
_MOST_WORDS = 5


def first_name(author: str) -> str:
    """Find the first name to greet with, written as names are (`Anna`, `Jean-Pierre`), or "" to greet without one.

    Given only if the author reads as a person throughout: a known first name, then at most surnames and initials,
    nothing else (no digit, emoji, company word, title or template mark). `J.`, `A Google User` and `Rosa Ltd` get "".
    """
    author = author.strip()
    words = author.split()
    if not 0 < len(words) <= _MOST_WORDS or len(author) > _LONGEST_AUTHOR:
        return ""
    if not all(_TOKEN.fullmatch(word) for word in words):
        return ""
    if any(fold(word.rstrip(".")) in _not_people() for word in words):
        return ""
    if len(words) > 1 and not any(word[0].isupper() for word in words[1:]) and not author.islower():
        return ""
    return _written(words[0]) if _is_first_name(words[0]) else ""


def people_named(text: str, *, besides: str = "") -> bool:
    """Whether a text names a person by a first name other than the words of `besides` (names that may stand there).

    Only names that mean nothing else count, and only written with a capital.
    """
    others = set(tokens(besides))
    written = {fold(word[0].rstrip(".")) for word in _TOKEN.finditer(text) if word[0][0].isupper()}
    return bool((written & _first_names()) - _ambiguous() - others)


def _is_first_name(word: str) -> bool:
    """Count a hyphenated name if each half is a name."""
    return all(part in _first_names() for part in fold(word).split("-"))


def _written(word: str) -> str:
    """`anna` and `ANNA` become `Anna`; mixed case (`DeShawn`) is the author's own choice."""
    if not (word.islower() or word.isupper()):
        return word
    return "-".join(part.capitalize() for part in word.split("-"))


@cache
def _lists() -> dict[str, frozenset[str]]:
    tables = tomllib.loads(files("repmon.steps").joinpath("data/names.toml").read_text("utf-8"))
    return {key: frozenset(fold(text).split()) for key, text in tables.items()}


def _first_names() -> frozenset[str]:
    return _lists()["first_names"]


def _ambiguous() -> frozenset[str]:
    return _lists()["ambiguous"]


def _not_people() -> frozenset[str]:
    return _lists()["not_people"]
