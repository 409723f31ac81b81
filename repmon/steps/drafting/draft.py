"""Drafts the reply to one review from reply packs; a person reads, changes and approves it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from repmon.connector import ReplyLimit
from repmon.review import Review, Topic, Understanding
from repmon.steps.drafting.cases import NO_DRAFT, PRAISE, case_of
from repmon.steps.drafting.explain import explain
from repmon.steps.drafting.names import first_name
from repmon.steps.drafting.reply import ESSENTIAL, OPTIONAL, Choice, Occasion, Part, letter, parts_of
from repmon.steps.drafting.templates import Pack, Packs

_TRIES = 4


@dataclass(frozen=True)
class Business:
    """Who answers. `languages` are ISO 639-1 codes, the preferred one first; `contact` may be "" (none is offered)."""

    name: str
    contact: str
    signature: str
    trade: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """A reply to propose. `variants` are the ids to remember, `explanation` codes and values for the reader."""

    text: str
    language: str
    template: str
    variants: tuple[str, ...]
    explanation: tuple[tuple[str, Mapping[str, str]], ...]


def draft(
    review: Review, understanding: Understanding, business: Business, *, packs: Packs, used: Sequence[str],
    last_text: str, limit: ReplyLimit | None, edited: bool = False,
) -> Draft | None:  # fmt: skip
    """Draft a reply in the review's language, else the business's; None when no ready words fit.

    `used` are the variant ids of the last drafts (some 50), the latest last: the longest unused are taken, so the
    same input gives the same draft. `last_text` is the text of the draft before this one, never repeated. `limit` is
    met by leaving out optional parts, never by cutting a sentence. The review is data: nothing of it is printed but
    a first name that really is one, and of the topics only words that stand in the pack.
    """
    case = case_of(review, understanding.sentiment, business.name)
    if case == NO_DRAFT:
        return None
    occasion = _occasion(case, review, understanding, business, edited=edited)
    for language, from_review in _languages(review, understanding, business):
        pack = packs.find(language, business.trade)
        if pack is None:
            continue
        parts, shortened = _fitting(occasion, pack, used, last_text, limit)
        if parts:
            template = f"{pack.language}/{pack.trade}:{case}"
            variants = tuple(variant.id for part in parts for variant in part.variants)
            cut = limit if shortened else None
            explanation = explain(parts, occasion, template=template, from_review=from_review, cut=cut)
            return Draft(letter(parts), language, template, variants, explanation)
    return None


def _occasion(
    case: str, review: Review, understanding: Understanding, business: Business, *, edited: bool,
) -> Occasion:  # fmt: skip
    praised = tuple(topic for topic in understanding.topics if topic.polarity == "positive")
    others = sorted((t for t in understanding.topics if t.polarity != "positive"), key=_by_weight)
    if case in {*PRAISE, "contradiction_kind"}:
        praised, others = (), [t for t in understanding.topics if t.polarity in {"positive", "neutral"}]
    values = {
        "name": first_name(review.author),
        "business": business.name,
        "contact": business.contact,
        "signature": business.signature or business.name,
    }
    return Occasion(case, tuple(others), praised, values, edited)


def _by_weight(topic: Topic) -> int:
    return ("negative", "mixed", "neutral").index(topic.polarity)


def _languages(review: Review, understanding: Understanding, business: Business) -> Iterator[tuple[str, bool]]:
    """Languages to try, each once, and whether it is the review's own."""
    spoken = review.language or understanding.sentiment.language
    tried = dict.fromkeys(code.partition("-")[0].lower() for code in (spoken, *business.languages) if code)
    return ((code, bool(spoken) and n == 0) for n, code in enumerate(tried))


def _fitting(
    occasion: Occasion, pack: Pack, used: Sequence[str], last_text: str, limit: ReplyLimit | None,
) -> tuple[tuple[Part, ...], bool]:  # fmt: skip
    """Take the fullest letter within the limit that is not the last one again, and say whether it was shortened.

    Where all words have been tried the optional parts are left out one by one; () when nothing is left to try.
    """
    memory = list(used)
    for _ in range(_TRIES):
        parts = parts_of(occasion, Choice(pack, memory))
        if not {"acknowledge", "sign"} <= {part.name for part in parts}:
            return (), False
        memory += [variant.id for part in parts for variant in part.variants]
        fewer = next((few for few in _ever_fewer(parts) if _fits(few, limit)), None)
        if fewer and letter(fewer) != last_text:
            return fewer, len(fewer) < len(parts)
    bare = replace(occasion, topics=occasion.topics[:1], praised=occasion.praised[:1])
    shortest = (part for part in parts_of(bare, Choice(pack, (), shortest=True)) if part.name in ESSENTIAL)
    for fewer in (*_ever_fewer(parts), tuple(shortest)):
        if _fits(fewer, limit) and letter(fewer) != last_text:
            return fewer, True
    return (), False


def _ever_fewer(parts: tuple[Part, ...]) -> Iterator[tuple[Part, ...]]:
    yield parts
    for name in OPTIONAL:
        parts = tuple(part for part in parts if part.name != name)
        yield parts


def _fits(parts: Sequence[Part], limit: ReplyLimit | None) -> bool:
    text = letter(parts)
    return limit is None or len(text.encode() if limit.unit == "bytes" else text) <= limit.length
