"""What a draft says about itself: why this template, which topics, what it promises and what it leaves alone."""

from collections.abc import Iterator, Mapping, Sequence

from repmon.connector import ReplyLimit
from repmon.steps.drafting.cases import SENSITIVE
from repmon.steps.drafting.reply import Occasion, Part
from repmon.steps.drafting.templates import Variant

Line = tuple[str, Mapping[str, str]]

_READ_TWICE = SENSITIVE | {"contradiction_angry", "contradiction_kind"}


def explain(
    parts: Sequence[Part], occasion: Occasion, *, template: str, from_review: bool, cut: ReplyLimit | None,
) -> tuple[Line, ...]:  # fmt: skip
    """Codes and values, for which `repmon.wording.replies` has the sentences; `cut` is the limit that cut it short."""
    return (
        (f"draft_case_{occasion.case}", {}),
        *((("draft_edited", {}),) if occasion.edited else ()),
        (
            "draft_language_review" if from_review else "draft_language_business",
            {"language": template.partition("/")[0]},
        ),
        ("draft_template", {"template": template}),
        *_topics(parts, occasion),
        *_promises(parts, occasion),
        *((("draft_read_twice", {}),) if occasion.case in _READ_TWICE else ()),
        *_workmanship(parts, occasion),
        *((("draft_shortened", {"limit": str(cut.length), "unit": cut.unit}),) if cut else ()),
    )


def _topics(parts: Sequence[Part], occasion: Occasion) -> Iterator[Line]:
    """Which topics of the review the text names, and which it does not."""
    named = list(dict.fromkeys(topic for part in parts for topic in part.topics))
    others = [topic.name for topic in (*occasion.topics, *occasion.praised) if topic.name not in named]
    yield ("draft_topics", {"topics": ", ".join(named)}) if named else ("draft_topics_none", {})
    if others:
        yield "draft_topics_left_out", {"topics": ", ".join(others)}


def _promises(parts: Sequence[Part], occasion: Occasion) -> Iterator[Line]:
    """Say what is promised: an invitation to get in touch is a promise to answer there."""
    invites = any(variant.key.startswith("next.") and "contact" in variant.text for variant in _variants(parts))
    contact = occasion.values["contact"]
    yield ("draft_promises_answer", {"contact": contact}) if invites else ("draft_promises_nothing", {})
    yield "draft_promises_not", {}


def _workmanship(parts: Sequence[Part], occasion: Occasion) -> Iterator[Line]:
    """How it greets, and whether it speaks in the business's own words."""
    name = occasion.values["name"]
    greets = name and any("name" in variant.text for variant in _variants(parts) if variant.key == "greeting.named")
    yield ("draft_greets", {"name": name}) if greets else ("draft_greets_nobody", {})
    own = dict.fromkeys(part.name for part in parts if any(variant.own for variant in part.variants))
    if own:
        yield "draft_own_words", {"parts": ", ".join(own)}


def _variants(parts: Sequence[Part]) -> Iterator[Variant]:
    return (variant for part in parts for variant in part.variants)
