"""What a review talks about (`wait`, `staff`, `price` …), by the words of `data/topics.toml`."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from repmon.review import Reason, Topic
from repmon.steps.phrases import TOKEN, Index, find, fold, index, tokens
from repmon.steps.polarity import Verdicts

_SHORTEST_WITH_ENDING = 4
_Own = tuple[tuple[str, tuple[str, ...]], ...]


def topics_of(
    text: str, language: str, trade: str, own: Mapping[str, Sequence[str]] = {}, parts: Sequence[Reason] = (),
) -> tuple[Topic, ...]:  # fmt: skip
    """Find the topics a text names, in the order of their first word.

    `language` is an ISO 639-1 code (`en`, `pt-BR` works too); an unknown one ("") is read as English, one without
    word lists names nothing but `own` topics (topic → words of the business's own). `parts` are the scored words:
    with them a topic is positive, negative or mixed by its own clause, without them neutral.
    """
    known = _index(language.partition("-")[0].lower() or "en", trade, tuple((k, tuple(v)) for k, v in own.items()))
    hits = list(find(tokens(text), known))
    if not hits:
        return ()
    spans = [token.span() for token in TOKEN.finditer(fold(text))]
    places: dict[str, list[tuple[int, int]]] = {}
    for first, past, name in hits:
        places.setdefault(name, []).append((spans[first][0], spans[past - 1][1]))
    verdicts = Verdicts(text, parts, _contrast(language)) if parts else None
    return tuple(
        Topic(
            name=name,
            words=tuple(dict.fromkeys(text[start:end].lower() for start, end in found)),
            polarity=verdicts.of(start for start, _ in found) if verdicts else "neutral",
        )
        for name, found in places.items()
    )


def topic_names() -> tuple[str, ...]:
    """Every topic that comes with repmon, sorted."""
    return tuple(sorted({name for language in _data().values() for name in language["topics"]}))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("repmon.steps").joinpath("data/topics.toml").read_text("utf-8"))


@cache
def _contrast(language: str) -> frozenset[str]:
    words = _data().get(language.partition("-")[0].lower() or "en", {}).get("contrast", ())
    return frozenset(fold(word) for word in words)


@cache
def _index(language: str, trade: str, own: _Own) -> Index:
    """Index the words of one language; what a trade or the business says of a word goes before the general meaning."""
    lists = _data().get(language, {"topics": {}, "endings": []})
    phrases = [*_with_endings(lists["topics"], lists["endings"])]
    phrases += _with_endings(lists.get("trade", {}).get(trade, {}), lists["endings"])
    phrases += [(phrase, name) for name, words in own for phrase in words]
    return index(phrases)


def _with_endings(topics: Mapping[str, Sequence[str]], endings: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each phrase, and single longer words with the language's plural endings; a listed word is never overruled."""
    listed = {word for words in topics.values() for word in words}
    for name, words in topics.items():
        for word in words:
            yield word, name
            if " " not in word and len(word) >= _SHORTEST_WITH_ENDING:
                yield from ((word + ending, name) for ending in endings if word + ending not in listed)
