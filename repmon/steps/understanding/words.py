"""One token as every rule of scoring sees it, looked up once for all of them."""

import re
from itertools import product
from string import punctuation

from repmon.review import Reason
from repmon.steps.understanding.alphabets import has_script
from repmon.steps.understanding.duration import measured
from repmon.steps.understanding.lexicon import BOOSTERS, NEGATIONS, active, bare, idiomatic, signs, spoken_of, valences
from repmon.steps.understanding.plainwords import ENGLISH_ONLY, FOREIGN_ONLY
from repmon.steps.understanding.remarktree import Node, tree, vocabulary

MARKS = punctuation + "\u2013\u2014\u2026\u00b7\u2022"
_MOST_KEPT, _LONGEST_KEPT = 30_000, 40
_ARTICLES = frozenset({"a", "an"})
_WITHOUT_MARK: dict[str, str] = {word.replace("'", ""): word for word in NEGATIONS if "n't" in word}
"""People write "dont" as often as "don't"; set phrases know the latter."""
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_NO_REASON = Reason("", 0.0)


class Word:
    """A token's part in VADER's rules and in set phrases. Tokens without any share one object per letter case.

    VADER sees `shown` (without punctuation, but for emoticons) and its `lower` case; set phrases see it `folded`, and
    where it names an `amount` or a `unit` of time (in minutes), as these. A word may be plain `english`, or
    `foreign` by the lists that tell languages apart or by its script.
    """

    __slots__ = (
        "active", "amount", "begins", "boost", "contrasts", "denies", "english", "folded", "foreign", "idiom", "known",
        "lower", "negates", "notable", "reason", "shown", "sign", "unit", "upper", "value",
    )  # fmt: skip

    def __init__(self, shown: str, lower: str, folded: str = "", begins: Node | None = None, *, sign: bool) -> None:
        self.shown = shown
        self.lower = lower
        self.upper = shown.isupper()
        self.known = lower in valences()
        self.boost = BOOSTERS.get(lower, 0.0)
        self.value = 0.0 if self.boost else valences().get(lower, 0.0)
        self.reason = Reason(shown, self.value) if self.value else _NO_REASON
        self.negates = lower in NEGATIONS or "n't" in lower
        self.contrasts = lower == "but"
        self.idiom = lower in idiomatic()
        self.active = bool(self.boost) or self.negates or lower in active()
        self.folded = folded
        self.amount, self.unit = measured(folded)
        self.denies = folded in NEGATIONS or "n't" in folded
        self.begins = begins
        self.sign = sign
        self.english = folded in ENGLISH_ONLY
        self.foreign = folded in FOREIGN_ONLY or has_script(folded)
        self.notable = bool(
            self.active or self.value or self.contrasts or begins is not None or sign or self.foreign
            or (self.amount and folded not in _ARTICLES)
        )  # fmt: skip


def _quiet_word(english: bool, foreign: bool, loud: bool) -> Word:  # noqa: FBT001 - the three of a key
    """Stand for all words of a kind no rule of scoring looks at."""
    word = Word("THING" if loud else "thing", "thing", sign=False)
    word.english, word.foreign, word.notable = english, foreign, foreign
    return word


class Words(dict[str, Word]):
    """Token → Word, filled as tokens are met and emptied when full: `words[token]` never fails."""

    def __init__(self) -> None:
        super().__init__()
        self._tree: dict[str, Node] = {}

    def __missing__(self, token: str) -> Word:
        if not self._tree:
            self._prepare()
        lower = token.lower()
        folded = self._as_spelled(lower.strip(MARKS) or token)
        sign = not token.isascii() and not self._signs.isdisjoint(token)
        if folded in self._spoken or lower in self._spoken or "n't" in folded or folded[0].isdecimal() or sign:
            shown = bare(token)
            word = Word(shown, shown.lower(), folded, self._tree.get(folded), sign=sign)
        else:
            word = self._quiet[folded in ENGLISH_ONLY, has_script(token), token.isupper()]
        if len(token) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[token] = word
        return word

    def _as_spelled(self, folded: str) -> str:
        """Give the form set phrases know: "didnt" is "didn't", "tooooo" is "too"."""
        if folded in _WITHOUT_MARK:
            return _WITHOUT_MARK[folded]
        if _DRAWN_OUT.search(folded) and folded not in self._spoken:
            for times in (r"\1\1", r"\1"):
                if (short := _DRAWN_OUT.sub(times, folded)) in self._spoken:
                    return short
        return folded

    def _prepare(self) -> None:
        self._quiet = {kind: _quiet_word(*kind) for kind in product((True, False), repeat=3)}
        self._spoken = spoken_of() | vocabulary() | FOREIGN_ONLY | NEGATIONS | BOOSTERS.keys()
        self._signs = signs()
        self._tree = tree()


_words = Words()


class Utterance:
    """A cleaned text as its tokens, the word of each, and the few words (place, word) that some rule looks at."""

    __slots__ = ("notable", "text", "tokens", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = text.split()
        self.words = words = list(map(_words.__getitem__, self.tokens))
        self.notable = [(place, word) for place, word in enumerate(words) if word.notable]

    def english(self, least: int) -> bool:
        """Tell whether it has at least so many plain words of English alone; the first few of it nearly always do."""
        for word in self.words:
            if word.english:
                least -= 1
                if not least:
                    return True
        return False

    def foreign(self) -> bool:
        """Tell whether any of its words is one of other languages only."""
        return bool([word for _, word in self.notable if word.foreign])
