"""The fourth arrow: which rule sends an event to whom, and one row in the outbox for each of its targets."""

import logging
from collections.abc import Iterable, Sequence

from repmon.errors import RepmonError, StoreError
from repmon.review import EventKind
from repmon.steps.alerting.facts import Facts
from repmon.steps.alerting.rules import Decision
from repmon.store import events, outbox
from repmon.store.tables import EventRow
from repmon.turn.decided import decided, unruled
from repmon.turn.facts import facts_of
from repmon.turn.folding import fold
from repmon.turn.gate import hold_new
from repmon.turn.world import World

BATCH = 200
SYSTEM: frozenset[EventKind] = frozenset(
    {"source.failing", "source.recovered", "source.quiet", "source.first_read", "delivery.given_up", "daemon.restarted"}
)
"""News about repmon itself: go to the system channels unless a rule names them."""

log = logging.getLogger("repmon")


def notify(world: World) -> int:
    """Route every event that is ready; how many messages were put into the outbox."""
    messages = 0
    while not world.stopping.is_set():
        with world.database.read() as session:
            waiting = events.unrouted(session, world.clock(), BATCH)
        if not waiting:
            break
        messages += sum(_tried(world, event) for event in waiting)
    if messages:
        world.outbox_filled.set()
    return messages


def _tried(world: World, event: EventRow) -> int:
    try:
        return _route(world, event)
    except StoreError:
        raise
    except Exception as bug:  # noqa: BLE001 - as in understand: this event waits, the others go on
        log.error("routing failed", extra={"event": event.id, "problem": type(bug).__name__})  # noqa: TRY400 - quotes texts
        error = RepmonError("event_stumbled", problem=type(bug).__name__)
        with world.database.write() as session:
            events.routing_failed(session, event.id or 0, error.stored(), world.clock())
        return 0


def _route(world: World, event: EventRow) -> int:
    """Decide and fill the outbox in one transaction: an event is either routed whole or not at all."""
    now = world.clock()
    with world.database.write() as session:
        facts = facts_of(world, session, event)
        decisions = fold(world, session, event.id or 0, facts, decided(world, facts))
        if not events.routed(session, event.id or 0, decisions, now):
            return 0
        rows = [{"event_id": event.id, **row} for row in _recipients(world, facts, decisions)]
        made = outbox.put(session, rows, now)
        if made:
            hold_new(world, session, facts, event.id or 0, now)
        return made


def _recipients(world: World, facts: Facts, decisions: Sequence[Decision]) -> Iterable[dict[str, object]]:
    """Each target once, with the rule that sends to it."""
    sends = next((each for each in decisions if each.sends), None)
    rule = next((rule for rule in world.settings.rules_or_defaults() if sends and rule.name == sends.rule), None)
    if rule is not None:
        name, channels, urgency = rule.name, rule.notify, rule.urgency
    elif sends is not None:
        name, channels, urgency = unruled(world, facts)
    elif facts.kind in SYSTEM:
        name, channels, urgency = "system", world.settings.system_channels(), "normal"
    else:
        return
    for each in _targets(world, facts, channels):
        yield {**each, "rule": name, "urgency": urgency}


def _targets(world: World, facts: Facts, channels: Sequence[str]) -> list[dict[str, str]]:
    """Each target of the channels once. That one failed is not told on itself: where no other is left, on any."""
    failed = facts.values.get("target_key")
    found: dict[str, str] = {}
    for channel in channels:
        for target in world.channels.get(channel, []):
            if target.key != failed:
                found.setdefault(target.key, channel)
    if failed and not found and set(channels) != set(world.channels):
        return _targets(world, facts, tuple(world.channels))
    return [{"target": key, "channel": channel} for key, channel in found.items()]
