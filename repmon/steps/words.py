"""One token as every rule of scoring sees it, looked up once for all of them."""

from string import punctuation

from repmon.steps.lexicon import BOOSTERS, NEGATIONS, active, bare, idiomatic, signs, spoken_of, valences
from repmon.steps.remarktree import Node, tree, vocabulary

MARKS = punctuation + "\u2013\u2014\u2026\u00b7\u2022"
_MOST_KEPT, _LONGEST_KEPT = 30_000, 40


class Word:
    """A token's part in VADER's rules and in set phrases. Tokens without any share one object per letter case.

    VADER sees `shown` (without punctuation, but for emoticons) and its `lower` case; set phrases see it `folded`.
    """

    __slots__ = (
        "active", "begins", "boost", "contrasts", "denies", "folded", "idiom", "known", "lower", "negates", "notable",
        "shown", "sign", "upper", "value",
    )  # fmt: skip

    def __init__(self, shown: str, lower: str, folded: str = "", begins: Node | None = None, *, sign: bool) -> None:
        self.shown = shown
        self.lower = lower
        self.upper = shown.isupper()
        self.known = lower in valences()
        self.boost = BOOSTERS.get(lower, 0.0)
        self.value = 0.0 if self.boost else valences().get(lower, 0.0)
        self.negates = lower in NEGATIONS or "n't" in lower
        self.contrasts = lower == "but"
        self.idiom = lower in idiomatic()
        self.active = bool(self.boost) or self.negates or lower in active()
        self.folded = folded
        self.denies = folded in NEGATIONS or "n't" in folded
        self.begins = begins
        self.sign = sign
        self.notable = self.active or bool(self.value) or self.contrasts or begins is not None or sign


class Words(dict[str, Word]):
    """Token → Word, filled as tokens are met and emptied when full: `words[token]` never fails."""

    def __init__(self) -> None:
        super().__init__()
        self._tree: dict[str, Node] = {}

    def __missing__(self, token: str) -> Word:
        if not self._tree:
            self._prepare()
        shown = bare(token)
        lower = shown.lower()
        folded = token.lower().strip(MARKS) or token
        sign = not token.isascii() and not self._signs.isdisjoint(token)
        if sign or lower in self._scored or folded in self._said or "n't" in folded or folded.isdecimal():
            word = Word(shown, lower, folded, self._tree.get(folded), sign=sign)
        else:
            word = self._loud if shown.isupper() else self._quiet
        if len(token) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[token] = word
        return word

    def _prepare(self) -> None:
        self._loud = Word("THING", "thing", sign=False)
        self._quiet = Word("thing", "thing", sign=False)
        self._scored = spoken_of()
        self._said = vocabulary() | NEGATIONS | BOOSTERS.keys()
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
