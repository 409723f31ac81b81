"""Finds known words and phrases in a text by looking its tokens up: linear, however long the word lists are."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

Index = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""First token → (all tokens, name), the longest phrase first."""

TOKEN = re.compile(r"[^\W_]+")
_LAST_LATIN = 0x180
_MOST_KEPT, _LONGEST_KEPT = 25_000, 40
_LETTERS_BEYOND = re.compile("[^\x00-\x7f\u2010-\u205e\ufe0f\U0001f300-\U0001faff]")
"""Beyond ASCII, punctuation and emoji are letters that `lower` changes in another way, or to another length."""


def _plain(letter: str) -> str:
    """Put a letter in lower case without its accent; one character for one, so that offsets stay true."""
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


_FOLD = {code: _plain(chr(code)) for code in range(_LAST_LATIN) if chr(code).isalpha()}


def fold(text: str) -> str:
    """Lower case and without accents, of the same length: people type `atencion` for `atención`."""
    if text.isascii() or not _LETTERS_BEYOND.search(text):
        return text.lower()
    return text.translate(_FOLD)


class _OneWord(dict[str, str]):
    """Token → its one word, folded; "" for a token that may be several. Filled as tokens are met, emptied when full."""

    def __missing__(self, token: str) -> str:
        folded = fold(token)
        word = folded if folded.isalpha() else ""
        if len(token) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[token] = word
        return word


one_word = _OneWord()


def tokens(text: str) -> list[str]:
    """Split a text into its words, folded; an apostrophe and a hyphen part words (`l'attente` gives `attente`)."""
    return TOKEN.findall(fold(text))


def index(phrases: Iterable[tuple[str, str]]) -> Index:
    """Make (phrase, name) pairs searchable; the last name given to a phrase wins."""
    names: dict[tuple[str, ...], str] = {}
    for phrase, name in phrases:
        found = tuple(tokens(phrase))
        if found:
            names[found] = name
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for found, name in names.items():
        by_first.setdefault(found[0], []).append((found, name))
    return {first: tuple(sorted(group, key=lambda one: -len(one[0]))) for first, group in by_first.items()}


def find(words: Sequence[str], known: Index) -> Iterator[tuple[int, int, str]]:
    """Where known phrases stand, as (first token, one past the last, name); the longest wins, none overlap."""
    past = 0
    for start, word in enumerate(words):
        if word not in known or start < past:
            continue
        for phrase, name in known[word]:
            end = start + len(phrase)
            if len(phrase) == 1 or tuple(words[start:end]) == phrase:
                past = end
                yield start, end, name
                break
