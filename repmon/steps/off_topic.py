"""Mentions of something else that has our name: what they have in common becomes a rule that a person may accept."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from repmon.steps.understanding.phrases import fold, tokens
from repmon.steps.understanding.plainwords import LANGUAGES_OF
from repmon.wording import say

MarkKind = Literal["author", "domain", "word"]
LEAST = 3
"""So many mentions have to be dismissed as off-topic before what they share means anything."""
MOST_WORDS = 10
"""So many words are proposed for a source; more would hide the good ones."""
REASON = "off_topic"
"""Stands where a dismissed review keeps its reason; with `/3` behind it when rule 3 dismissed it."""

_SHORTEST = 3
_LINK = re.compile(r"https?://[^\s<>\"')\]]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Something a mention can be known by. Of an author it is a digest: rules outlive what must be forgotten."""

    kind: MarkKind
    value: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A mark that a person accepted for one source; `example` is the number of a mention it was learned from."""

    number: int
    source_id: int
    mark: Mark
    example: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mark of these dismissed mentions (their numbers, ascending) and of no mention that was kept."""

    mark: Mark
    mentions: tuple[int, ...]


def marks_of(title: str, text: str, author: str, url: str) -> frozenset[Mark]:
    """Give the words, the author and the domains (its own and those it links to) of one mention in plain text."""
    said = f"{title}\n{text}"
    words = {word for word in tokens(_LINK.sub(" ", said)) if len(word) >= _SHORTEST and not word.isdecimal()}
    hosts = {_host(link) for link in (url, *_LINK.findall(said))}
    marks = [Mark("word", word) for word in words] + [Mark("domain", host) for host in hosts if host]
    return frozenset([*marks, Mark("author", _digest(author))] if author.strip() else marks)


def propose(
    dismissed: Mapping[int, frozenset[Mark]], kept: Collection[frozenset[Mark]], names: Iterable[str]
) -> list[Proposal]:
    """Find what at least `LEAST` dismissed mentions of a source share and no kept one has, the most telling first.

    Plain words of a language and words of our own `names` are never proposed, nor is a domain that every mention has:
    that is the site itself.
    """
    if len(dismissed) < LEAST:
        return []
    counts = Counter(mark for marks in dismissed.values() for mark in marks)
    innocent = frozenset[Mark]().union(*kept) | _everywhere([*dismissed.values(), *kept])
    ours = {word for name in names for word in tokens(name)}
    found = [
        Proposal(mark, tuple(sorted(number for number, marks in dismissed.items() if mark in marks)))
        for mark, count in counts.items()
        if count >= LEAST and mark not in innocent and not (mark.kind == "word" and _says_nothing(mark.value, ours))
    ]
    found.sort(key=lambda one: (-len(one.mentions), one.mark))
    words = [one for one in found if one.mark.kind == "word"]
    return [one for one in found if one.mark.kind != "word" or one in words[:MOST_WORDS]]


def fitting(rules: Iterable[Rule], marks: frozenset[Mark]) -> Rule | None:
    """Find the first rule that a mention fits, None where it fits none."""
    return next((rule for rule in rules if rule.mark in marks), None)


def reason_of(rule: Rule) -> str:
    """Give the reason as it is stored with a mention that this rule dismissed."""
    return f"{REASON}/{rule.number}"


def shown_reason(stored: str) -> str:
    """Give a stored reason of a dismissal in words; what a person wrote stays as it is."""
    reason, _, number = stored.partition("/")
    if reason != REASON or (number and not number.isdecimal()):
        return stored
    return say("off_topic_by_rule", {"rule": number}) if number else say("off_topic_by_hand")


def _everywhere(mentions: Iterable[frozenset[Mark]]) -> frozenset[Mark]:
    shared = frozenset.intersection(*mentions)
    return frozenset(mark for mark in shared if mark.kind == "domain")


def _says_nothing(word: str, ours: Collection[str]) -> bool:
    return word in ours or word in LANGUAGES_OF


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:  # a link is whatever a stranger wrote
        return ""


def _digest(author: str) -> str:
    return hashlib.sha256(fold(author.strip()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
