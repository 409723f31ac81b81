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
_MOST_WORDS_KEPT = 30_000
_LONGEST_WORD_KEPT = 40
_SHORTEST_STRIPPED = 3


class Word:
    """One token as VADER's rules see it. Tokens no rule looks at share one object per letter case (`Words`)."""

    __slots__ = ("active", "boost", "idiom", "known", "lower", "negates", "notable", "shown", "upper", "value")

    def __init__(self, shown: str, lower: str) -> None:
        self.shown = shown
        self.lower = lower
        self.upper = shown.isupper()
        self.known = lower in valences()
        self.boost = BOOSTERS.get(lower, 0.0)
        self.value = 0.0 if self.boost else valences().get(lower, 0.0)
        self.negates = lower in NEGATIONS or "n't" in lower
        self.idiom = lower in _idiomatic()
        self.active = bool(self.boost) or self.negates or lower in _active()
        self.notable = self.active or bool(self.value) or lower == "but"


class Words(dict[str, Word]):
    """Token → Word, filled as tokens are met and emptied when full: `words[token]` never fails."""

    def __init__(self) -> None:
        super().__init__()
        self._said = self._shouted = Word("", "")
        self._spoken_of: frozenset[str] = frozenset()

    def __missing__(self, token: str) -> Word:
        if not self._spoken_of:
            self._prepare()
        shown = bare(token)
        lower = shown.lower()
        if lower in self._spoken_of or "n't" in lower:
            word = Word(shown, lower)
        else:
            word = self._shouted if shown.isupper() else self._said
        if len(token) <= _LONGEST_WORD_KEPT:
            if len(self) >= _MOST_WORDS_KEPT:
                self.clear()
            self[token] = word
        return word

    def _prepare(self) -> None:
        self._shouted = Word("THING", "thing")
        self._said = Word("thing", "thing")
        self._spoken_of = frozenset({"but", *valences(), *BOOSTERS, *NEGATIONS, *_active(), *_context()})


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
def _active() -> frozenset[str]:
    """Words besides boosters and negations whose neighbourhood needs the full rules.

    An idiom's first word counts where it can be scored itself, for then the idiom lies ahead of it.
    """
    scored = {parts[0] for parts in _phrases() if parts[0] in valences()}
    return frozenset({"no", "so", "this", "least", *scored}) | _idiomatic()


@cache
def _idiomatic() -> frozenset[str]:
    """The longest word of each idiom and two-word booster, which stands for the rest, so that "the" does not count."""
    return frozenset(max(parts, key=len) for parts in _phrases())


@cache
def _context() -> frozenset[str]:
    """Words that mean something only beside an active one."""
    return frozenset({"or", "nor", "doubt", "at"}.union(*_phrases()))


def _phrases() -> list[list[str]]:
    return [phrase.split() for phrase in (*IDIOMS, *BOOSTERS) if " " in phrase]
