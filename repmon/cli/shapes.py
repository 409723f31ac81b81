"""Stored rows as the JSON of `--json`. These names are promised: tools build on them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from repmon.cli.document import moment
from repmon.cli.words import Shape, sentiment, topics
from repmon.review import Sentiment
from repmon.steps.off_topic import shown_reason
from repmon.store.handles import Row
from repmon.store.reviews import as_understanding
from repmon.store.tables import VersionRow
from repmon.wording import say


def review(row: Row[Any], probability: float | None = None) -> Shape:
    """One review; `row` is from `views.reviews_by_id`. Not yet understood, its label is `unknown`.

    `probability` that it is an unhappy one, where that was learned and is asked for.
    """
    understood = as_understanding(row)
    return {
        "id": row.id, "source": row.source, "location": row.location, "external_id": row.external_id,
        "kind": row.kind, "rating": row.rating, "scale": row.scale, "recommended": row.recommended,
        "given": row.given, "out_of": row.out_of, "title": row.title, "text": row.text,
        "translation": row.translation, "author": row.author, "language": row.language, "url": row.url,
        "written_at": moment(row.written_at), "edited_at": moment(row.edited_at),
        "first_seen_at": moment(row.first_seen_at), "removed_at": moment(row.removed_at), "version": row.version,
        "sentiment": sentiment(understood.sentiment if understood else Sentiment("unknown"), probability),
        **topics(understood.topics if understood else ()),
        "reply": _reply(row), "state": row.state, "unhappy": row.unhappy, "corrected": row.corrected_label,
        "history": row.history, "quarantined": _quarantined(row), "outcome": row.outcome,
        "outcome_at": moment(row.outcome_at),
    }  # fmt: skip


def care(row: Row[Any]) -> Shape:
    """What people have said about a review: whose it is, until when it rests, why it needs no answer.

    `dismissed_reason` is what a person wrote, or a code that stays: `off_topic` where a person said so, `off_topic/3`
    where rule 3 did. `dismissed_words` is the same for a person to read.
    """
    return {
        "answered_at": moment(row.answered_at), "assigned_to": row.assigned_to,
        "assigned_until": moment(row.assigned_until), "snoozed_until": moment(row.snoozed_until),
        "acknowledged_by": row.acknowledged_by, "acknowledged_at": moment(row.acknowledged_at),
        "dismissed_at": moment(row.dismissed_at), "dismissed_reason": row.dismissed_reason,
        "dismissed_words": shown_reason(row.dismissed_reason) if row.dismissed_reason else None,
    }  # fmt: skip


def version(row: VersionRow) -> Shape:
    """What a review said before an edit."""
    return {
        "version": row.version, "rating": row.rating, "given": row.given, "recommended": row.recommended,
        "title": row.title, "text": row.text, "label": row.label, "edited_at": moment(row.edited_at),
        "replaced_at": moment(row.replaced_at),
    }  # fmt: skip


def draft(row: Row[Any]) -> Shape:
    """One draft of a reply."""
    return {
        "id": row.id, "review_id": row.review_id, "state": row.state, "outdated": row.outdated, "text": row.text,
        "language": row.language, "template": row.template, "lint": [remark(each) for each in row.lint],
        "version": row.version, "decided_by": row.decided_by, "decided_at": moment(row.decided_at),
        "reason": row.reason, "created_at": moment(row.created_at), "review_version": row.review_version,
        "error": sentence(row.error), "posted_at": moment(row.posted_at), "posted_by": row.posted_by,
        "on_site": row.site_state,
        "explanation": [say(code, values) for code, values in row.explanation],
    }  # fmt: skip


def remark(found: Mapping[str, Any]) -> Shape:
    """One thing the check of a reply found; offsets are in characters, `message` and `suggestion` are sentences."""
    return {
        "rule": found["rule"], "severity": found["severity"], "start": found["start"], "end": found["end"],
        "message": say(found["code"], found["values"]), "suggestion": say(found["suggestion"]),
    }  # fmt: skip


def delivery(row: Row[Any]) -> Shape:
    """One message on its way to one target."""
    return {
        "id": row.id, "event": row.kind, "review_id": row.review_id, "rule": row.rule, "target": row.masked,
        "state": row.state, "attempts": row.attempts, "next_attempt_at": moment(row.next_attempt_at),
        "delivered_at": moment(row.delivered_at), "last_error": sentence(row.error), "channel": row.channel,
        "urgency": row.urgency, "created_at": moment(row.created_at), "held_for": row.held_for,
        "held_until": moment(row.held_until), "bundle_id": row.bundle_id,
    }  # fmt: skip


def event(row: Row[Any], decisions: Sequence[Row[Any]]) -> Shape:
    """One thing worth knowing, with why each rule did or did not send."""
    mine = [
        {"rule": each.rule, "matched": each.matched, "sends": each.sends, "reason": say(each.code, each.values)}
        for each in decisions
        if each.event_id == row.id
    ]
    return {"event": row.kind, "at": moment(row.at), "values": row.values, "rules": mine}


def sentence(error: Mapping[str, Any] | None) -> str | None:
    """A stored error (code and values) as a sentence."""
    return say(str(error["code"]), error.get("values", {})) if error else None


def raw(text: str | None) -> object:
    """A site's item as it was; text where it is no JSON."""
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text


def _reply(row: Row[Any]) -> Shape | None:
    if row.reply_text is None:
        return None
    return {"text": row.reply_text, "at": moment(row.reply_at), "state": row.reply_state}


def _quarantined(row: Row[Any]) -> Shape | None:
    if row.quarantined_at is None:
        return None
    return {"since": moment(row.quarantined_at), "step": row.step, "error": sentence(row.error)}
