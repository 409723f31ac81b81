"""One review as a line of the inbox shows it."""

from dataclasses import dataclass
from datetime import datetime
from json import loads
from typing import Any

from repmon.config import Settings
from repmon.review import is_unhappy
from repmon.steps.messages import figures
from repmon.steps.plain import one_line
from repmon.store.handles import Row
from repmon.wording import say

EXCERPT = 300
MOST_TOPICS = 4
_DRAFT_TONE = {"failed": "bad", "unknown": "bad", "pending": "warn", "approved": "good", "posted": "good"}
_STARS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """What the reviewer gave: in signs ("" where the site has no stars), in words, and whether that is low."""

    stars: str
    words: str
    low: bool


@dataclass(frozen=True, slots=True)
class Badge:
    """A word in a coloured box; `tone` is a class name: good, bad, warn or ""."""

    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line shows. `draft_id` is the draft that waits for a decision, None without one."""

    id: int
    figure: Figure
    place: str
    source: str
    author: str
    at: datetime
    dated: bool
    title: str
    text: str
    topics: tuple[str, ...]
    badges: tuple[Badge, ...]
    draft_id: int | None


def entry(row: Row[Any], draft: Row[Any] | None, settings: Settings, visitor: str, now: datetime) -> Entry:
    """Make a line of a row of `desk_views.page` and the review's newest draft."""
    topics = [str(each[0]) for each in loads(row.topics or "[]")]
    return Entry(
        id=row.id, figure=figure(row), place=settings.business_of(row.location).name if row.location else "",
        source=row.source, author=one_line(row.author, 60), at=row.at, dated=row.written_at is not None,
        title=one_line(row.title, 120), text=one_line(row.text, EXCERPT), topics=tuple(topics[:MOST_TOPICS]),
        badges=tuple(_badges(row, draft, visitor, now)),
        draft_id=draft.id if draft is not None and draft.state == "pending" else None,
    )  # fmt: skip


def figure(row: Any) -> Figure:
    """What was given, and whether that alone is unhappy.

    `row` is a review's, or an earlier version's with `scale` and `out_of` beside it.
    """
    low = is_unhappy(row, None)
    if row.rating is None:
        return Figure("", figures.rating(row), low)
    full = round(row.rating)
    return Figure("★" * full + "☆" * (_STARS - full), figures.stars(row.rating), low)


def state_badges(row: Any, now: datetime) -> list[Badge]:
    """What has become of a review."""
    pressing = row.unhappy and row.state in {"open", "drafted"}
    tone = "warn" if pressing else "good" if row.state == "answered" else ""
    found = [Badge(say(f"review_is_{row.state}"), tone)]
    if row.conflict:
        found.append(Badge(say("inbox_conflict"), "warn"))
    if row.snoozed_until and row.snoozed_until > now:
        found.append(Badge(say("inbox_snoozed")))
    if row.outcome:
        found.append(Badge(say(f"outcome_is_{row.outcome}"), "good" if row.outcome == "won_back" else ""))
    return found


def _badges(row: Row[Any], draft: Row[Any] | None, visitor: str, now: datetime) -> list[Badge]:
    found = state_badges(row, now)
    if draft is not None and row.state == "drafted":
        found[0] = Badge(say(f"draft_state_{draft.state}"), _DRAFT_TONE.get(draft.state, ""))
    if row.assigned_to and (row.assigned_until is None or row.assigned_until > now):
        words = say("inbox_yours") if row.assigned_to == visitor else say("inbox_assigned", {"to": row.assigned_to})
        found.append(Badge(words, "good" if row.assigned_to == visitor else ""))
    if row.acknowledged_by:
        found.append(Badge(say("inbox_seen", {"by": row.acknowledged_by})))
    return found
