"""Which rule sends an event: the first that matches; every decision says what decided it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from repmon.steps.alerting.facts import Facts
from repmon.steps.alerting.patterns import occurs
from repmon.steps.alerting.rule_shape import RuleLike, WhenLike

UNNAMED_EVENTS = ("review.new", "review.edited")
"""What a rule without `events` looks at: somebody said something. Everything else has to be named."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one rule made of an event: `code` and `values` name the condition that decided and what it saw.

    `values` holds figures, names and words of the configuration only, never words of the review.
    """

    rule: str
    matched: bool
    sends: bool
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Check:
    """One condition: what the rule wants, what the event has, and whether that will do."""

    condition: str
    wants: object
    has: object
    holds: bool


def decide(facts: Facts, rules: Sequence[RuleLike]) -> list[Decision]:
    """Look at every rule in order; the first that matches sends, later matches are noted."""
    decisions: list[Decision] = []
    first: str | None = None
    for rule in rules:
        decision = _decide_one(facts, rule, first)
        first = rule.name if decision.sends else first
        decisions.append(decision)
    return decisions


def _decide_one(facts: Facts, rule: RuleLike, first: str | None) -> Decision:
    checks: list[_Check] = []
    for look in _LOOKS:
        check = look(facts, rule.when)
        if check is None:
            continue
        if not check.holds:
            seen = {"condition": check.condition, "wants": check.wants, "has": check.has}
            return Decision(rule.name, matched=False, sends=False, code=f"rule_{check.condition}", values=seen)
        checks.append(check)
    met = ", ".join(f"{check.condition} {check.has}" for check in checks)
    if first is None:
        return Decision(rule.name, matched=True, sends=True, code="rule_sends", values={"met": met})
    return Decision(rule.name, matched=True, sends=False, code="rule_after", values={"met": met, "first": first})


def _events(facts: Facts, when: WhenLike) -> _Check:
    wanted = when.events or UNNAMED_EVENTS
    return _Check("event", ", ".join(wanted), facts.kind, facts.kind in wanted)


def _role(facts: Facts, when: WhenLike) -> _Check | None:
    if when.role is not None:
        return _Check("role", when.role, facts.role, facts.role == when.role)
    if facts.role == "own" or not facts.kind.startswith("review."):
        return None
    return _Check("role", "own", facts.role, holds=False)


def _source(facts: Facts, when: WhenLike) -> _Check | None:
    return _one_of("source", when.sources, facts.source)


def _location(facts: Facts, when: WhenLike) -> _Check | None:
    return _one_of("location", when.locations, facts.location or "")


def _language(facts: Facts, when: WhenLike) -> _Check | None:
    has = _language_of(facts).replace("_", "-").casefold()
    wanted = [tag.replace("_", "-").casefold() for tag in when.languages]
    if not wanted:
        return None
    return _Check("language", ", ".join(wanted), has, any(has == tag or has.startswith(f"{tag}-") for tag in wanted))


def _unhappy(facts: Facts, when: WhenLike) -> _Check | None:
    return _flag("unhappy", when.unhappy, facts.unhappy)


def _stars(facts: Facts, when: WhenLike) -> _Check | None:
    if when.star_range is None:
        return None
    low, high = when.star_range
    has = facts.review.rating if facts.review else None
    wants = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    return _Check("stars", wants, "none" if has is None else f"{has:g}", has is not None and low <= has <= high)


def _sentiment(facts: Facts, when: WhenLike) -> _Check | None:
    return _one_of("sentiment", when.sentiment, facts.understanding.sentiment.label if facts.understanding else "")


def _conflict(facts: Facts, when: WhenLike) -> _Check | None:
    return _flag("conflict", when.conflict, facts.conflict)


def _topics(facts: Facts, when: WhenLike) -> _Check | None:
    if not when.topics:
        return None
    named = [topic.name for topic in facts.understanding.topics] if facts.understanding else []
    return _Check("topic", ", ".join(when.topics), ", ".join(named), not set(named).isdisjoint(when.topics))


def _text(facts: Facts, when: WhenLike) -> _Check | None:
    if not when.text:
        return None
    said = _said(facts).casefold()
    found = next((words for words in when.text if words.casefold() in said), "")
    return _Check("text", ", ".join(when.text), found, bool(found))


def _pattern(facts: Facts, when: WhenLike) -> _Check | None:
    if when.pattern is None:
        return None
    found = occurs(when.pattern, _said(facts))
    return _Check("pattern", when.pattern, _yes(found), found)


_LOOKS: tuple[Callable[[Facts, WhenLike], _Check | None], ...] = (
    _events, _role, _source, _location, _language, _unhappy, _stars, _sentiment, _conflict, _topics, _text, _pattern,
)  # fmt: skip


def _one_of(condition: str, wanted: tuple[str, ...], has: str) -> _Check | None:
    return _Check(condition, ", ".join(wanted), has, has in wanted) if wanted else None


def _flag(condition: str, wanted: bool | None, has: bool) -> _Check | None:  # noqa: FBT001 - a yes/no of the config
    return None if wanted is None else _Check(condition, _yes(wanted), _yes(has), wanted == has)


def _yes(flag: bool) -> str:  # noqa: FBT001 - as above
    return "yes" if flag else "no"


def _language_of(facts: Facts) -> str:
    understood = facts.understanding.sentiment.language if facts.understanding else ""
    return understood or (facts.review.language if facts.review else "")


def _said(facts: Facts) -> str:
    review = facts.review
    return f"{review.title}\n{review.text}\n{review.translation}" if review else ""
