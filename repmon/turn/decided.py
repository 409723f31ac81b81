"""What was decided about an event: by the rules; for digests, escalations and incidents by what they say themselves."""

from dataclasses import replace
from typing import Literal

from repmon.config import Digest, Step
from repmon.config.units import spell
from repmon.steps.alerting.facts import Facts
from repmon.steps.alerting.rules import Decision, decide
from repmon.turn.world import World

Addressed = tuple[str, tuple[str, ...], Literal["urgent", "normal"]]
BY_ITS_REVIEWS = "incident by its reviews"


def decided(world: World, facts: Facts) -> list[Decision]:
    """Each rule that was looked at. A digest and a step of the escalation come before all rules, an incident after."""
    decisions = decide(facts, world.settings.rules_or_defaults())
    digest = _digest(world, facts)
    if digest is not None:
        return [_due(facts, digest), *(_comes_after(each, digest.name) for each in decisions)]
    step = _step(world, facts)
    if step is not None:
        name, channels, _ = unruled(world, facts)
        sends = Decision(name, matched=True, sends=True, code="escalation_step",
                         values={"after": spell(step.after), "channels": ", ".join(channels)})  # fmt: skip
        return [sends, *(_comes_after(each, name) for each in decisions)]
    if _channels(facts) and not any(each.sends for each in decisions):
        told = {"channels": ", ".join(_channels(facts))}
        decisions.append(Decision(BY_ITS_REVIEWS, matched=True, sends=True, code="incident_channels", values=told))
    return decisions


def unruled(world: World, facts: Facts) -> Addressed:
    """Name, channels and urgency of what is sent without a rule: a digest, a step of the escalation, or an incident."""
    digest = _digest(world, facts)
    if digest is not None:
        return digest.name, digest.notify, "normal"
    step = _step(world, facts)
    if step is not None:
        return f"escalation {facts.values['step']}", step.notify, "urgent" if step.urgent else "normal"
    return BY_ITS_REVIEWS, _channels(facts), "normal" if facts.kind == "incident.closed" else "urgent"


def _due(facts: Facts, digest: Digest) -> Decision:
    values = {"period": facts.values.get("day"), "channels": ", ".join(digest.notify)}
    return Decision(digest.name, matched=True, sends=True, code="digest_due", values=values)


def _digest(world: World, facts: Facts) -> Digest | None:
    """The digest an event is about, as the configuration has it now."""
    name = facts.values.get("digest") if facts.kind == "digest" else None
    return next((each for each in world.settings.digests_or_default() if each.name == name), None)


def _step(world: World, facts: Facts) -> Step | None:
    """The step an unanswered review has reached, as the configuration has it now."""
    number, steps = facts.values.get("step"), world.settings.alerts.escalate
    if facts.kind != "review.unanswered" or not isinstance(number, int) or not 0 < number <= len(steps):
        return None
    return steps[number - 1]


def _channels(facts: Facts) -> tuple[str, ...]:
    """Whom an incident was opened to: who would have heard of its reviews, where no rule names incidents."""
    given = facts.values.get("channels")
    return tuple(map(str, given)) if facts.kind.startswith("incident.") and isinstance(given, list) else ()


def _comes_after(decision: Decision, first: str) -> Decision:
    if not decision.sends:
        return decision
    return replace(decision, sends=False, code="rule_after", values={**decision.values, "first": first})
