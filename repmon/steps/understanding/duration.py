"""How long something took, as people write it: "45min", "1.5 hours", "an hour and a half", "over two weeks"."""

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Protocol

_data = tomllib.loads((files("repmon.steps") / "data" / "durations.toml").read_text("utf-8"))
_MINUTES = {
    "minutes": 1.0, "hours": 60.0, "days": 1_440.0, "weeks": 10_080.0, "months": 43_800.0, "years": 525_600.0,
}  # fmt: skip
UNITS: dict[str, float] = {word: _MINUTES[unit] for unit, words in _data["units"].items() for word in words.split()}
"""Word → minutes."""

_QUARTER = 0.25
_ARTICLES = frozenset({"a", "an"})
_AMOUNTS: dict[str, float] = {word: float(amount) for word, amount in _data["amounts"].items()}
_BETWEEN, _BEFORE = frozenset(_data["between"].split()), frozenset(_data["before"].split())
WORDS = frozenset({*UNITS, *_AMOUNTS, *_BETWEEN, *_BEFORE, "and"})
_MOST_BEFORE, _MOST_BETWEEN = 4, 3
_UNNAMED = 2.0
"""How many are meant by a bare "hours"."""
_TENS, _HOUR = 20.0, 60.0
_PLURAL = "s"

_FIGURE = re.compile(
    r"[~>+]?(\d{1,4}(?:[.,]\d{1,2})?|\d{1,3}[.,]\d{3})(?:[-\u2013/]\d{1,4}(?:[.,]\d)?)?\+?(.*)", re.DOTALL
)
_THOUSAND = re.compile(r"\d{1,3}[.,]\d{3}")
_CLOCK = re.compile(r"(\d{1,2})h(\d{2})")


class Counted(Protocol):
    """A word as its text in lower case, the amount it names (0 for none), and its unit in minutes (0 for none)."""

    folded: str
    amount: float
    unit: float


def measured(folded: str) -> tuple[float, float]:
    """Read one word: (amount, minutes of its unit), 0 for what it does not name. "45min" names both, "30-40" 30."""
    if folded in UNITS:
        return 0.0, UNITS[folded]
    if folded in _AMOUNTS:
        return _AMOUNTS[folded], 0.0
    if not folded[:1].isdecimal() and not folded[1:2].isdecimal():
        first, _, last = folded.partition("-")
        return _AMOUNTS.get(first, 0.0) if not last or last in UNITS else 0.0, UNITS.get(last, 0.0)
    if clock := _CLOCK.fullmatch(folded):
        return int(clock[1]) + int(clock[2]) / _HOUR, _HOUR
    figure = _FIGURE.fullmatch(folded)
    rest = figure[2].lstrip("-") if figure else ""
    if figure is None or (rest and rest not in UNITS):
        return 0.0, 0.0
    digits = figure[1].replace(",", ".")
    return float(digits.replace(".", "") if _THOUSAND.fullmatch(digits) else digits), UNITS.get(rest, 0.0)


def duration(words: Sequence[Counted], start: int) -> tuple[int, float] | None:
    """Read a length of time that begins at a word: (one past its last word, minutes); None where none does."""
    place, last = start, len(words) - 1
    while place < last and place - start < _MOST_BEFORE and words[place].folded in _BEFORE:
        place += 1
    found = _single(words, place)
    if found is None:
        return None
    end, minutes, unit = found
    if [word.folded for word in words[end : end + 3]] == ["and", "a", "half"]:
        return end + 3, minutes + unit / 2
    joined = end + 1 if end < last and words[end].folded == "and" else end
    more = _single(words, joined) if joined <= last and words[joined].amount > 1 else None
    return (more[0], minutes + more[1]) if more and more[2] < unit else (end, minutes)


def _single(words: Sequence[Counted], place: int) -> tuple[int, float, float] | None:
    """Read an amount and its unit: (one past them, minutes, minutes of the unit)."""
    first = words[place]
    if first.unit:
        if not first.amount and not first.folded.rstrip("'").endswith(_PLURAL):
            return None
        return place + 1, (first.amount or _UNNAMED) * first.unit, first.unit
    amount, counted = first.amount, first.folded
    if not amount:
        return None
    for after in range(place + 1, min(place + 2 + _MOST_BETWEEN, len(words))):
        word = words[after]
        if word.unit and not word.amount:
            return after + 1, amount * word.unit, word.unit
        if word.folded in _ARTICLES:
            continue
        if word.amount:
            amount = word.amount if counted in _ARTICLES else _together(amount, word.amount)
            counted = word.folded
        elif word.folded not in _BETWEEN:
            return None
    return None


def _together(amount: float, following: float) -> float:
    """Join two amounts: "one and a half", "three quarters", "twenty five", "half a dozen", "2 or 3"."""
    if following == _QUARTER or amount < 1:
        return amount * following
    if following < 1:
        return amount + following
    return amount + following if amount >= _TENS > following else amount
