"""What single words mean to VADER, read from the installed vaderSentiment package.

Importing `vaderSentiment.vaderSentiment` costs some 10 ms and no third-party package (3.3.2 needs `requests` only when
run as a script), so its constants come from the module itself; its word lists are parsed by its own analyser, once, at
first use (about 10 ms), and the analyser, which keeps the raw files in memory, is let go.
"""

from functools import cache
from string import punctuation

from vaderSentiment import vaderSentiment

CAPITALS: float = vaderSentiment.C_INCR
NEGATION: float = vaderSentiment.N_SCALAR
BOOSTERS: dict[str, float] = vaderSentiment.BOOSTER_DICT
IDIOMS: dict[str, float] = vaderSentiment.SPECIAL_CASES

NEGATIONS = frozenset(vaderSentiment.NEGATE)
_SHORTEST_STRIPPED = 3


def bare(token: str) -> str:
    """Strip the punctuation around a token, unless so little is left that it may have been an emoticon."""
    stripped = token.strip(punctuation)
    return stripped if len(stripped) >= _SHORTEST_STRIPPED else token


@cache
def valences() -> dict[str, float]:
    """Each word of the lexicon with its mean rating, -4..4."""
    return _lists()[0]


@cache
def emoji() -> dict[str, str]:
    """Each one-character emoji with its description in words; VADER reads character by character."""
    return {sign: words for sign, words in _lists()[1].items() if len(sign) == 1}


@cache
def signs() -> frozenset[str]:
    """Give the known emoji for fast set operations."""
    return frozenset(emoji())


@cache
def _lists() -> tuple[dict[str, float], dict[str, str]]:
    analyser = vaderSentiment.SentimentIntensityAnalyzer()
    return analyser.lexicon, analyser.emojis


@cache
def active() -> frozenset[str]:
    """Words besides boosters and negations whose neighbourhood needs the full rules.

    An idiom's first word counts where it can be scored itself, for then the idiom lies ahead of it.
    """
    scored = {parts[0] for parts in _phrases() if parts[0] in valences()}
    return frozenset({"no", "so", "this", "least", *scored}) | idiomatic()


@cache
def idiomatic() -> frozenset[str]:
    """The longest word of each idiom and two-word booster, which stands for the rest, so that "the" does not count."""
    return frozenset(max(parts, key=len) for parts in _phrases())


@cache
def spoken_of() -> frozenset[str]:
    """Every word that some rule of VADER's names: scored, active, or looked for beside an active one."""
    beside = {"or", "nor", "doubt", "at"}.union(*_phrases())
    return frozenset({"but", *valences(), *BOOSTERS, *NEGATIONS, *active(), *beside})


def _phrases() -> list[list[str]]:
    return [phrase.split() for phrase in (*IDIOMS, *BOOSTERS) if " " in phrase]
