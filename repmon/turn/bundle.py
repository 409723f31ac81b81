"""Gathers what a message that carries several events is to say."""

from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.bundle_message import SHOWN, Bundle
from repmon.store import bundles
from repmon.store.due import Waiting
from repmon.store.handles import Session
from repmon.store.tables import EventRow
from repmon.turn.facts import facts_of
from repmon.turn.world import World


def bundle_of(world: World, session: Session, waiting: Waiting, lead: Facts) -> Bundle:
    """All that travels with a message, as it is stored now; `lead` is about its own event."""
    found = bundles.contents(session, waiting, SHOWN)
    channel = world.settings.channels.get(waiting.channel)
    return Bundle(
        key=lead.key, held_for=waiting.held_for or "", kinds=found.kinds, unhappy=found.unhappy, since=found.since,
        places=tuple(dict.fromkeys(world.settings.business_of(place).name for place in found.places)),
        shown=tuple(facts_of(world, session, session.get_one(EventRow, event)) for event in found.first),
        quiet_hours=(channel.quiet_hours or "") if channel else "", per_hour=world.settings.alerts.per_hour,
    )  # fmt: skip
