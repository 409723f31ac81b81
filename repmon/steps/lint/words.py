"""What should not be said: blame, excuses, threats, admissions, offers for a review; words in `data/lint.toml`."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from repmon.steps.lint.finding import Finding, finding
from repmon.steps.lint.patterns import Patterns, matches, patterns
from repmon.steps.understanding.phrases import TOKEN, fold

FINE = "fine"
_OFFER_WORDS_APART = 12
"""How far a gift may stand from the words that offer it."""

Found = tuple[int, int]


def words(text: str, trade: str) -> Iterator[Finding]:
    """Find the words of every rule, in all languages at once: a reply may be in another one than was asked for."""
    spans = [token.span() for token in TOKEN.finditer(fold(text))]
    said = [fold(text[start:end]) for start, end in spans]
    found = [each for each in matches(said, _rules(trade)) if each[2] != FINE]
    found += _in_company(said)
    for start, end, rule in found:
        yield finding(rule, spans[start][0], spans[end - 1][1])


def _in_company(said: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Put together what means something only together: a gift and the wish for another review, and so on."""
    parts: dict[str, list[Found]] = {name: [] for name in ("change", "gift", "offer", "happy", "invite")}
    for name, known in _parts().items():
        parts[name] = [(start, end) for start, end, what in matches(said, known) if what != FINE]
    for start, end in parts["change"]:
        yield start, end, "inducement" if parts["gift"] else "ask_change"
    if parts["happy"] and parts["invite"]:
        yield (*_around(parts["happy"][0], parts["invite"][0]), "gating")
    if not parts["change"]:
        for gift in parts["gift"]:
            near = [offer for offer in parts["offer"] if _apart(offer, gift) <= _OFFER_WORDS_APART]
            if near:
                yield (*_around(near[0], gift), "gift")


def _around(one: Found, other: Found) -> Found:
    return min(one[0], other[0]), max(one[1], other[1])


def _apart(one: Found, other: Found) -> int:
    return max(one[0], other[0]) - min(one[1], other[1])


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files("repmon.steps").joinpath("data/lint.toml").read_text("utf-8"))


@cache
def _rules(trade: str) -> Patterns:
    return patterns(
        (phrase, rule)
        for language in _data().values()
        for table in (language["rules"], language.get("trade", {}).get(trade, {}), {FINE: language["fine"]})
        for rule, phrases in table.items()
        for phrase in phrases
    )


@cache
def _parts() -> Mapping[str, Patterns]:
    languages = _data().values()
    names = {name for language in languages for name in language["parts"]}
    return {
        name: patterns(
            (phrase, what)
            for language in languages
            for what, phrases in ((name, language["parts"].get(name, ())), (FINE, language["fine"]))
            for phrase in phrases
        )
        for name in sorted(names)
    }
