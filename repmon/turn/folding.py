"""While an incident is open its reviews are told together: the single alerts of those who hear of it are folded in."""

from collections.abc import Sequence
from dataclasses import replace

from repmon.config import Rule
from repmon.steps.alerting.facts import Facts
from repmon.steps.alerting.rules import Decision
from repmon.store import incidents
from repmon.store.handles import Session
from repmon.turn.world import World

NEVER_FOLDED = frozenset({"safety"})
"""A rule that asks for one of these topics sends at once, whatever else goes on."""


def fold(
    world: World, session: Session, event_id: int, facts: Facts, decisions: Sequence[Decision]
) -> Sequence[Decision]:
    """The decisions about an event; where its alert is folded into an open incident, none of them sends any more.

    Only an unhappy review of one's own place is folded, and only if everybody it would have gone to hears of the
    incident.
    """
    if facts.kind not in incidents.SAID or not facts.unhappy or facts.role != "own":
        return decisions
    incident = incidents.open_at(session, facts.location) if world.settings.alerts.incidents else None
    if incident is None:
        return decisions
    incidents.fold(session, event_id, incident.id or 0)
    sends = next((each for each in decisions if each.sends), None)
    rule = next((rule for rule in world.settings.rules_or_defaults() if sends and rule.name == sends.rule), None)
    if rule is None or not _may_fold(rule, incident.values.get("channels") or ()):
        return decisions
    about = {"incident": incident.id, "rule": rule.name}
    quiet = [replace(each, sends=False, code="rule_folded") if each is sends else each for each in decisions]
    return [*quiet, Decision("incident", matched=True, sends=False, code="incident_folded", values=about)]


def _may_fold(rule: Rule, channels: Sequence[str]) -> bool:
    return NEVER_FOLDED.isdisjoint(rule.when.topics) and set(rule.notify) <= set(channels)
