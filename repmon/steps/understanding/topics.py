"""What a review talks about (`wait`, `staff`, `price` …), by the words of `data/topics.toml`."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from repmon.review import Reason, Topic
from repmon.steps.understanding.phrases import fold, index
from repmon.steps.understanding.polarity import Polarity, polarities
from repmon.steps.understanding.spotting import Phrases, Spotter, by_first

_SHORTEST_WITH_ENDING = 4
_MOST_SPOTTERS = 12
_MOST_KEPT, _MOST_WORDS_KEPT, _LONGEST_KEPT = 4_000, 1, 40
_Own = tuple[tuple[str, tuple[str, ...]], ...]


def topics_of(
    text: str, language: str, trade: str, own: Mapping[str, Sequence[str]] = {}, parts: Sequence[Reason] = (),
) -> tuple[Topic, ...]:  # fmt: skip
    """Find the topics a text names, in the order of their first word.

    `language` is an ISO 639-1 code (`en`, `pt-BR` works too); an unknown one ("") is read as English, one without
    word lists names nothing but `own` topics (topic → words of the business's own). `parts` are the scored words:
    with them a topic is positive, negative or mixed by its own clause, without them neutral.
    """
    code, known = _code(language)
    if not own and not known:
        return ()
    hits, turns = _spotter(code, trade, _as_key(own) if own else ()).find(text)
    if not hits:
        return ()
    if len(hits) == 1:
        at, name, shown = hits[0]
        side = polarities(text, parts, turns, ((at,),))[0] if parts else "neutral"
        return (_topics[name, (shown,), side],)
    places: dict[str, list[int]] = {}
    words: dict[str, dict[str, None]] = {}
    for at, name, shown in hits:
        if name not in places:
            places[name], words[name] = [at], {shown: None}
        else:
            places[name].append(at)
            words[name][shown] = None
    if not parts:
        return tuple([_topics[name, tuple(words[name]), "neutral"] for name in places])
    said = polarities(text, parts, turns, places.values())
    return tuple([_topics[name, tuple(words[name]), side] for name, side in zip(places, said, strict=True)])


def _as_key(own: Mapping[str, Sequence[str]]) -> _Own:
    return tuple([(name, tuple(words)) for name, words in own.items()])


class _Topics(dict[tuple[str, tuple[str, ...], Polarity], Topic]):
    """(name, words, polarity) → Topic: the same few come again and again, and a new frozen object costs more."""

    def __missing__(self, given: tuple[str, tuple[str, ...], Polarity]) -> Topic:
        topic = Topic(*given)
        if len(given[1]) <= _MOST_WORDS_KEPT and len(given[1][0]) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[given] = topic
        return topic


_topics = _Topics()


def topic_names() -> tuple[str, ...]:
    """Every topic that comes with repmon, sorted."""
    return tuple(sorted({name for language in _data().values() for name in language["topics"]}))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("repmon.steps").joinpath("data/topics.toml").read_text("utf-8"))


@lru_cache(maxsize=256)
def _code(language: str) -> tuple[str, bool]:
    """Give the code of a language ("en" for none), and whether there are words for it."""
    code = language.partition("-")[0].lower() or "en"
    return code, code in _data()


@lru_cache(maxsize=_MOST_SPOTTERS)
def _spotter(language: str, trade: str, own: _Own) -> Spotter:
    turning = _data().get(language, {}).get("contrast", ())
    return Spotter(_known(language, trade, own), frozenset(map(fold, turning)))


@cache
def _known(language: str, trade: str, own: _Own) -> dict[str, Phrases]:
    """Index the words of one language; what a trade or the business says of a word goes before the general meaning."""
    lists = _data().get(language, {"topics": {}, "endings": []})
    phrases = [*_with_endings(lists["topics"], lists["endings"])]
    phrases += _with_endings(lists.get("trade", {}).get(trade, {}), lists["endings"])
    phrases += [(phrase, name) for name, words in own for phrase in words]
    return by_first(index(phrases))


def _with_endings(topics: Mapping[str, Sequence[str]], endings: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each phrase, and single longer words with the language's plural endings; a listed word is never overruled."""
    listed = {word for words in topics.values() for word in words}
    for name, words in topics.items():
        for word in words:
            yield word, name
            if " " not in word and len(word) >= _SHORTEST_WITH_ENDING:
                yield from ((word + ending, name) for ending in endings if word + ending not in listed)
