"""Writes the message of a delivery when it is sent, from what is stored now: what was erased meanwhile is not sent."""

from collections.abc import Mapping

from repmon.deliver import Target
from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.bundle_message import render_bundle
from repmon.steps.messages.link import draft_link
from repmon.steps.messages.message import Links, Message, render
from repmon.steps.messages.repeat import again
from repmon.store import keys
from repmon.store.decisions import sha256_of
from repmon.store.due import Waiting
from repmon.store.handles import Session
from repmon.store.tables import EventRow
from repmon.turn.bundle import bundle_of
from repmon.turn.digest import digest_message
from repmon.turn.facts import facts_of
from repmon.turn.world import World


def message_for(world: World, waiting: Waiting, target: Target) -> Message:
    """The message of one delivery, fit for its target; several events that travel together are one message."""
    now, limit, alerts = world.clock(), target.body_limit, world.settings.alerts
    with world.database.read() as session:
        facts = facts_of(world, session, session.get_one(EventRow, waiting.event_id))
        if waiting.carries:
            bundle = bundle_of(world, session, waiting, facts)
            return render_bundle(bundle, now=now, desk_url=world.settings.web.url, limit=limit, mask=alerts.mask)
        links = _links(world, session)
    if facts.kind == "digest":
        message = digest_message(world, facts.key, facts.values, waiting.channel, mail=target.is_mail, limit=limit)
    else:
        message = render(
            facts, now=now, desk_url=world.settings.web.url, limit=limit, links=links,
            templates=_templates(world, waiting.channel), mask=alerts.mask,
        )  # fmt: skip
    return again(message, waiting.asked_by, limit) if waiting.asked_by else message


def _templates(world: World, channel: str) -> Mapping[str, str] | None:
    found = world.settings.channels.get(channel)
    return found.templates.by_family() if found else None


def _links(world: World, session: Session) -> Links | None:
    """Links that open exactly the draft, where there is a desk to open it on."""
    url, key = world.settings.web.url, keys.signing_key(session)
    if not url or not key:
        return None

    def link(facts: Facts) -> str:
        draft = facts.draft
        return draft_link(url, key, draft.id, draft.version, sha256_of(draft.text), world.clock()) if draft else ""

    return link
