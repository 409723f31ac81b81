"""The story of one review: everything that happened around it, in order of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from repmon.steps.messages import figures
from repmon.steps.off_topic import shown_reason
from repmon.store.handles import Row
from repmon.web.whole import Whole
from repmon.wording import SENTENCES, count, say

_QUIET = frozenset({"review.noted"})
"""Acts that have an entry of their own already."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: when, what kind (a class name), in a sentence, and what more there is to say."""

    at: datetime
    kind: str
    sentence: str
    more: tuple[str, ...] = ()


def story(known: Whole, zone: str) -> list[Happening]:
    """Tell it, oldest first."""
    found = [*_site(known), *_alerts(known, zone), *_replies(known), *_people(known, zone)]
    return sorted(found, key=lambda each: each.at)


def _site(known: Whole) -> Iterator[Happening]:
    """What the site showed."""
    row = known.review
    if row.written_at:
        yield Happening(row.written_at, "site", say("told_written"))
    yield Happening(row.first_seen_at, "site", say("told_seen", {"source": row.source}))
    for version in known.versions:
        yield Happening(version.replaced_at, "site", say("told_changed", {"version": version.version + 1}))
    if row.reply_text is not None and row.reply_at:
        yield Happening(row.reply_at, "site", say("told_reply"))
    if row.removed_at:
        yield Happening(row.removed_at, "site", say("told_removed"))
    if row.outcome and row.outcome_at:
        yield Happening(row.outcome_at, "site", say(f"told_{row.outcome}"))


def _alerts(known: Whole, zone: str) -> Iterator[Happening]:
    """What was worth knowing, why each rule did or did not send, and what became of the messages."""
    for event in known.events:
        rules = tuple(f"{each.rule}: {say(each.code, each.values)}" for each in known.decisions
                      if each.event_id == event.id)  # fmt: skip
        told = any(each.event_id == event.id for each in known.deliveries)
        yield Happening(event.at, "event", _named(f"event_{event.kind}", event.kind),
                        rules if told else (*rules, say("told_nobody")))  # fmt: skip
    for delivery in known.deliveries:
        tries = [each for each in known.attempts if each.delivery_id == delivery.id]
        sentence = say(f"message_is_{delivery.state}", {"target": delivery.masked})
        worth_telling = len(tries) > 1 or any(each.error for each in tries)
        yield Happening(delivery.delivered_at or delivery.created_at, "message", sentence,
                        tuple(_tried(each, zone) for each in tries) if worth_telling else ())  # fmt: skip


def _tried(attempt: Row[Any], zone: str) -> str:
    error = attempt.error
    became = say(str(error["code"]), error.get("values", {})) if error else say("told_arrived")
    return f"{figures.moment(attempt.at, zone)}: {became}"


def _replies(known: Whole) -> Iterator[Happening]:
    """The drafts that repmon wrote; what people did with them is among the acts."""
    for draft in known.drafts:
        if draft.edited_by is None:
            yield Happening(draft.created_at, "draft", say("told_drafted", {"draft": draft.id}))
        if draft.state == "outdated" and draft.outdated and draft.decided_at and not draft.decided_by:
            yield Happening(draft.decided_at, "draft", say("told_outdated", {"draft": draft.id}))


def _people(known: Whole, zone: str) -> Iterator[Happening]:
    """What people did, and what they wrote to each other."""
    for note in known.notes:
        yield Happening(note.at, "note", say("told_noted", {"by": note.by}), (note.text,))
    reasons = {each.id: each.reason for each in known.drafts if each.reason}
    for act in known.acts:
        if act.action in _QUIET:
            continue
        yield Happening(act.at, "act", _act(act, zone), _why(known, act, reasons))


def _act(act: Row[Any], zone: str) -> str:
    values = act.values
    subject, _, number = act.subject.partition("/")
    until = figures.moment_of(values.get("until"), zone) if values.get("until") else ""
    said = {**values, "by": act.actor, subject: number, "until": until}
    code = f"act_{act.action}"
    if act.action in {"review.snoozed", "review.assigned"} and not (values.get("until") or values.get("to")):
        code += "_back"
    elif act.action == "review.assigned" and not until:
        code += "_open"
    elif act.action == "review.corrected" and not values.get("label"):
        code += "_back"
    return say(code, said) if code in SENTENCES else f"{act.actor}: {act.action} {act.subject}"


def _why(known: Whole, act: Row[Any], reasons: dict[int, str]) -> tuple[str, ...]:
    if act.action == "draft.rejected":
        reason = reasons.get(int(act.subject.partition("/")[2]))
        return (reason,) if reason else ()
    if act.action == "review.dismissed" and known.review.dismissed_reason:
        return (shown_reason(known.review.dismissed_reason),)
    if act.action == "draft.approved" and act.values.get("overridden"):
        overridden = next((each.override for each in known.drafts if f"draft/{each.id}" == act.subject), None)
        rules = str(act.values["overridden"]).split(",")
        said = count(len(rules), "In spite of {n} objection of the check", "In spite of {n} objections of the check")
        return (f"{said}: {overridden}",) if overridden else (said,)
    return ()


def _named(code: str, otherwise: str) -> str:
    return say(code) if code in SENTENCES else otherwise
