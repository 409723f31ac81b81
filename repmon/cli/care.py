"""What people did with a review and its drafts, told on a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from repmon.cli.screen import safe, safe_line
from repmon.cli.shapes import sentence
from repmon.steps.messages.figures import moment
from repmon.steps.off_topic import shown_reason
from repmon.store.handles import Row
from repmon.store.tables import NoteRow
from repmon.wording import _, say

Pair = tuple[str, RenderableType]


def cared_for(row: Row[Any], notes: Iterable[NoteRow], zone: str, now: datetime) -> Iterator[Pair]:
    """Whose a review is, until when it rests, what came after the reply, and what colleagues wrote."""
    if row.outcome:
        yield _("Outcome"), safe(f"{say('outcome_' + row.outcome)} {moment(row.outcome_at, zone)}")
    if row.dismissed_reason:
        yield _("Dismissed"), safe(f"{moment(row.dismissed_at, zone)}: {shown_reason(row.dismissed_reason)}")
    if row.acknowledged_by:
        yield _("Seen by"), safe_line(f"{row.acknowledged_by} · {moment(row.acknowledged_at, zone)}", 200)
    if row.assigned_to and (row.assigned_until is None or row.assigned_until > now):
        end = " · " + _("until {moment}").format(moment=moment(row.assigned_until, zone)) if row.assigned_until else ""
        yield _("In hands of"), safe_line(row.assigned_to + end, 200)
    if row.snoozed_until and row.snoozed_until > now:
        yield _("Rests"), safe_line(_("until {moment}").format(moment=moment(row.snoozed_until, zone)), 100)
    for note in notes:
        yield _("Note"), safe(f"{note.by} · {moment(note.at, zone)}\n{note.text}")


def draft(row: Row[Any], zone: str) -> Text:
    """One draft: its state, its words, what the check found in it, and what became of it."""
    facts = (f"{_('draft')} {row.id}", row.state, row.language, row.template)
    lines = [safe(" · ".join(filter(None, facts)), "dim"), safe(row.text)]
    lines += [safe_line(remark(each), 300) for each in row.lint]
    if row.posted_at:
        by = _("posted by {by}, {moment}").format(by=row.posted_by or "?", moment=moment(row.posted_at, zone))
        lines.append(safe_line(" · ".join(filter(None, (by, _on_site(row.site_state)))), 200))
    for words in filter(None, (row.reason, sentence(row.error))):
        lines.append(safe_line(words, 500))
    return Text("\n").join(lines)


def remark(found: Mapping[str, Any]) -> str:
    """One thing the check found, with where."""
    return f"{found['severity']} {found['start']}-{found['end']}: {say(found['code'], found['values'])}"


def _on_site(state: str | None) -> str:
    return {
        "shown": _("seen on the site"), "waiting": _("the site is checking it"),
        "differs": _("the site shows other words"), "deleted": _("taken down again"),
        "deleting": _("being taken down"),
    }.get(state or "", "")  # fmt: skip
