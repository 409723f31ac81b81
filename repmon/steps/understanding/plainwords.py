"""Small sets of plain words by language, read once from `data/languages.toml`."""

import tomllib
from collections import defaultdict
from importlib.resources import files

_data = tomllib.loads((files("repmon.steps") / "data" / "languages.toml").read_text("utf-8"))


def _by_word() -> dict[str, tuple[str, ...]]:
    languages: dict[str, list[str]] = defaultdict(list)
    for language, words in _data["words"].items():
        for word in dict.fromkeys(words.split()):
            languages[word].append(language)
    return {word: tuple(found) for word, found in languages.items()}


LANGUAGES_OF: dict[str, tuple[str, ...]] = _by_word()
"""Word → the languages it is a plain word of."""

LOOKALIKES: frozenset[str] = frozenset(_data["lookalikes"]["words"].split())
"""Words of VADER's lexicon that other languages have as well."""

ENGLISH_ONLY: frozenset[str] = frozenset(word for word, found in LANGUAGES_OF.items() if found == ("en",))
FOREIGN_ONLY: frozenset[str] = frozenset(word for word, found in LANGUAGES_OF.items() if "en" not in found)
