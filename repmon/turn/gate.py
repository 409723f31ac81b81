"""What stands between a message and its sending: snoozes, quiet hours, the cap an hour, and waiting for company.

Decided twice: when a message is made, and again when it would be sent, since nights begin and people snooze meanwhile.
Every hold is written down with its reason and its end.
"""

from dataclasses import replace
from datetime import datetime

from repmon.steps.alerting.facts import Facts
from repmon.steps.alerting.holding import (
    HOUR,
    Hold,
    at_first,
    company_of,
    dropped,
    in_quiet_hours,
    over_the_cap,
    silenced,
)
from repmon.steps.alerting.quiet_hours import QuietHours
from repmon.store import bundles, holds, outbox, silences, slots
from repmon.store.due import Waiting
from repmon.store.handles import Session
from repmon.turn.world import World


def hold_new(world: World, session: Session, facts: Facts, event_id: int, now: datetime) -> None:
    """Decide for each new message of an event what it waits for first."""
    asked = silences.lasting(session, now)
    company = company_of(facts.kind) if world.settings.alerts.group else ()
    for waiting in outbox.waiting_of(session, event_id):
        since = (holds.company_since(session, waiting.target, company) or now) if company else None
        one = holds.about(session, waiting)
        snooze = silenced(one.subject, asked, now)
        hold = at_first(now, urgent=waiting.urgent, snooze=snooze, quiet=quiet_hours_of(world, waiting.channel),
                        company_since=since)  # fmt: skip
        if hold is None:
            continue
        holds.hold(session, [one], hold, now, channel=waiting.channel)
        if hold.code == "grouping":
            holds.extend_company(session, waiting.target, company, hold.until)


class Gate:
    """Decides about messages that are due, within one transaction."""

    def __init__(self, world: World, session: Session, now: datetime) -> None:
        self._world, self._session, self._now = world, session, now
        self._silences = silences.lasting(session, now)

    def let_pass(self, waiting: Waiting) -> Waiting | None:
        """The message with all that it carries, free to be sent now; None when it was held or dropped instead."""
        carries = bundles.carried(self._session, waiting)
        if not carries and self._settled(waiting):
            return None
        hold = self._hold(waiting)
        if hold is not None:
            self._hold_all(waiting, hold)
            return None
        if not carries and waiting.held_for and not waiting.attempts:
            self._settle_others(waiting)
            carries = bundles.gather(self._session, waiting, self._now)
        return replace(waiting, carries=carries)

    def _hold(self, waiting: Waiting) -> Hold | None:
        quiet = quiet_hours_of(self._world, waiting.channel)
        hold = in_quiet_hours(self._now, urgent=waiting.urgent, quiet=quiet)
        per_hour = self._world.settings.alerts.per_hour
        if hold or not per_hour:
            return hold
        sent = slots.sent_since(self._session, waiting.target, self._now - HOUR)
        return over_the_cap(self._now, sent=sent, per_hour=per_hour)

    def _hold_all(self, waiting: Waiting, hold: Hold) -> None:
        """What holds one message holds its like at once: normal ones in quiet hours, all when the hour is full."""
        urgent = waiting.urgent if hold.code == "quiet_hours" else None
        about = {"channel": waiting.channel}
        holds.hold(self._session, [holds.about(self._session, waiting)], hold, self._now, **about)
        for page in holds.waiting_for(self._session, waiting.target, self._now, urgent=urgent):
            holds.hold(self._session, page, hold, self._now, **about)

    def _settled(self, waiting: Waiting) -> bool:
        """Hold what is snoozed and drop what needs no sending any more; true when that was this message."""
        return self._settle(holds.about(self._session, waiting))

    def _settle_others(self, waiting: Waiting) -> None:
        for page in holds.waiting_for(self._session, waiting.target, self._now):
            for one in page:
                if one.id != waiting.id and one.held_for:
                    self._settle(one)

    def _settle(self, one: holds.Held) -> bool:
        snooze = silenced(one.subject, self._silences, self._now)
        why = dropped(one.subject, one.held_for) if one.held_for else None
        if snooze:
            holds.hold(self._session, [one], snooze, self._now)
        elif why:
            holds.drop(self._session, [one], why, self._now)
        return bool(snooze or why)


def quiet_hours_of(world: World, channel_id: str) -> QuietHours | None:
    """A channel's quiet hours, by the clock of its places where they share one, else of the business."""
    channel = world.settings.channels.get(channel_id)
    if channel is None or channel.quiet is None:
        return None
    zones = {world.settings.business_of(each).timezone for each in channel.locations}
    zone = zones.pop() if len(zones) == 1 else world.settings.business.timezone
    return QuietHours(*channel.quiet, zone, channel.urgent_passes)
