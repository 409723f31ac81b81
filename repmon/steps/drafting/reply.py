"""Chooses and renders the parts of one reply: for each part the variant that was used longest ago."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from repmon.review import Topic
from repmon.steps.drafting.cases import FALLBACK, PRAISE
from repmon.steps.drafting.templates import Pack, Variant, render
from repmon.steps.understanding.phrases import fold

MOST_TOPICS = 3
BODY = ("thanks", "acknowledge", "care", "ownership")
OPTIONAL = ("care", "ownership", "thanks", "greeting")
"""What may be left out where space is short, the first first. The rest is the answer itself."""

ESSENTIAL = ("acknowledge", "next", "sign")


@dataclass(frozen=True)
class Part:
    """One rendered part, the variants in it (a part that names topics has theirs as well), the topics it names."""

    name: str
    text: str
    variants: tuple[Variant, ...]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """Topics as a phrase (`the wait and the soup`), the variants it is made of, and the names of the topics."""

    text: str
    variants: tuple[Variant, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Occasion:
    """What one reply answers: the case, the topics to name, and the values the templates may print."""

    case: str
    topics: tuple[Topic, ...]
    praised: tuple[Topic, ...]
    values: Mapping[str, str]
    edited: bool

    @property
    def cases(self) -> tuple[str, ...]:
        """The case and those whose words stand in for it."""
        return (self.case, *FALLBACK.get(self.case, ()))


class Choice:
    """Picks the variant used longest ago, unused ones first, in the order of the pack: no chance involved."""

    def __init__(self, pack: Pack, used: Sequence[str], *, shortest: bool = False) -> None:
        self._pack = pack
        self._last = {variant: at for at, variant in enumerate(used)}
        self._shortest = shortest

    def first_of(self, keys: Sequence[str]) -> Variant | None:
        """From the first of these keys the pack knows; an empty list there says: leave this part out."""
        for key in keys:
            if key in self._pack.parts:
                return self._one(self._pack.parts[key])
        return None

    def _one(self, variants: Sequence[Variant]) -> Variant | None:
        if self._shortest:
            return min(variants, key=lambda one: len(one.text), default=None)
        return min(variants, key=lambda one: self._last.get(one.id, -1), default=None)

    def phrase(self, topics: Sequence[Topic]) -> Listed:
        """Join topics as `the wait, the soup and the bill`: only words of the pack, never of the review."""
        phrases: dict[str, Variant | None] = {}
        names = []
        for topic in topics[:MOST_TOPICS]:
            concrete = [self._pack.named[word] for word in map(fold, topic.words) if word in self._pack.named]
            variant = None if concrete else self.first_of([f"topic.{topic.name}"])
            if concrete or variant:
                names.append(topic.name)
                phrases.setdefault(render(variant, {}) if variant else concrete[0], variant)
        variants = tuple(variant for variant in phrases.values() if variant)
        return Listed(self._joined(tuple(phrases)), variants, tuple(names))

    def _joined(self, phrases: Sequence[str]) -> str:
        *others, last = phrases or [""]
        comma, last_of_all = self._pack.joiners.get("comma", ", "), self._pack.joiners.get("and", ", ")
        return f"{comma.join(others)}{last_of_all}{last}" if others else last


def parts_of(occasion: Occasion, choice: Choice) -> tuple[Part, ...]:
    """All parts the pack has for this occasion, in the order of the letter."""
    listed = {"topics": choice.phrase(occasion.topics), "praised": choice.phrase(occasion.praised)}
    values = {**occasion.values, **{name: phrase.text for name, phrase in listed.items()}}
    chosen = (
        (name, choice.first_of(keys))
        for name, keys in _keys(occasion, topics=bool(values["topics"]), praised=bool(values["praised"])).items()
    )
    return tuple(_part(name, variant, values, listed) for name, variant in chosen if variant)


def _part(name: str, variant: Variant, values: Mapping[str, str], listed: Mapping[str, Listed]) -> Part:
    printed = [phrase for key, phrase in listed.items() if key in variant.text]
    return Part(
        name=name,
        text=render(variant, values),
        variants=(variant, *(one for phrase in printed for one in phrase.variants)),
        topics=tuple(topic for phrase in printed for topic in phrase.topics),
    )


def _keys(occasion: Occasion, *, topics: bool, praised: bool) -> dict[str, list[str]]:
    """For each part the keys of the pack to look under, the most fitting first."""
    forms = ["acknowledge_both"] * (topics and praised) + ["acknowledge"] * topics + ["acknowledge_none"]
    nexts = ["next"] * bool(occasion.values["contact"]) + ["next_plain"]
    tone = "praise" if occasion.case in PRAISE else "other"
    thanks = [f"thanks.edited_{tone}"] * occasion.edited + [f"thanks.{case}" for case in occasion.cases]
    worst = occasion.topics[0].name if occasion.topics and occasion.case not in PRAISE else ""
    return {
        "greeting": ["greeting.named"] * bool(occasion.values["name"]) + ["greeting.plain"],
        "thanks": thanks,
        "acknowledge": [f"{form}.{case}" for case in occasion.cases for form in forms],
        "care": [f"care.{occasion.case}", f"care.{worst}"],
        "ownership": [f"ownership.{case}" for case in occasion.cases],
        "next": [f"{form}.{case}" for case in occasion.cases for form in nexts],
        "sign": ["sign.plain"],
    }


def letter(parts: Sequence[Part]) -> str:
    """Write the parts as one text: greeting, what we have to say, what happens next, signature."""
    by_name = {part.name: part.text for part in parts}
    body = " ".join(by_name[name] for name in BODY if name in by_name)
    blocks = (by_name.get("greeting"), body, by_name.get("next"), by_name.get("sign"))
    return "\n\n".join(block for block in blocks if block)
