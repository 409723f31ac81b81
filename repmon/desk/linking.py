"""Deciding by the link of an alert: a link alone shows one draft, a person's own PIN decides about it."""

from repmon.desk.decide import approve_draft, reject_draft
from repmon.desk.hand import why_not
from repmon.desk.signing_in import person_by_pin
from repmon.errors import DecisionError
from repmon.steps.messages.link import PREFIX, Pointer
from repmon.store import audit, decisions
from repmon.store.decisions import Case
from repmon.store.tables import UserRow
from repmon.turn.world import World

MAY_DECIDE = ("owner", "manager")


def linked(world: World, pointer: Pointer) -> Case:
    """The draft a link names, with its review. DecisionError when it is gone."""
    with world.database.read() as session:
        case = decisions.look_at(session, pointer.draft_id)
    if case is None:
        raise DecisionError("link_gone")
    return case


def refuse_stale(world: World, case: Case, pointer: Pointer) -> None:
    """DecisionError when the link is too old, or its draft waits for no decision: edited, decided, outdated."""
    draft = case.draft
    if draft.state != "pending":
        with world.database.read() as session:
            raise why_not(session, case, world.settings.business.timezone)
    if draft.outdated or draft.review_version != case.review.version:
        raise DecisionError("draft_outdated", id=draft.id)
    if pointer.until <= world.clock():
        raise DecisionError("link_expired")
    fingerprint = decisions.sha256_of(draft.text)[:PREFIX]
    if (draft.version, fingerprint) != (pointer.version, pointer.sha256):
        raise DecisionError("link_other_words")


def decide_by_link(
    world: World, case: Case, *, name: str, pin: str, approve: bool, reason: str, address: str
) -> str:  # fmt: skip
    """Approve (or reject, with the reason) as the person whose name and PIN these are; give that person's name.

    DecisionError: wrong name or PIN (tries are counted), a viewer, another place, or what approving raises.
    """
    person = person_by_pin(world, name, pin, address=address)
    if not _may_decide(person, case.review.location):
        raise DecisionError("link_not_yours", name=person.name)
    draft_id = case.draft.id or 0
    if approve:
        approve_draft(world, draft_id, by=person.name)
    else:
        reject_draft(world, draft_id, by=person.name, reason=reason)
    with world.database.write() as session:
        audit.append(session, "link.used", f"draft/{draft_id}", actor=person.name, at=world.clock(),
                     values={"review": case.review.id, "address": address})  # fmt: skip
    return person.name


def _may_decide(person: UserRow, location: str | None) -> bool:
    return person.role in MAY_DECIDE and (person.locations is None or location in person.locations)
