"""Whether a message has to wait, until when and for what: answers that depend on nothing but what is handed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from repmon.review import EventKind
from repmon.steps.alerting.quiet_hours import QuietHours, quiet_until

HoldCode = Literal["grouping", "quiet_hours", "per_hour", "snoozed"]
DropCode = Literal["acknowledged", "snooze_over"]
"""Why a message that waited is not sent at all: somebody has seen to the review, or the snooze left nothing to say."""

COMPANY_WAIT = timedelta(seconds=30)
"""How long a message waits for others; each newcomer makes all of them wait as long again."""
COMPANY_AT_MOST = timedelta(minutes=5)
HOUR = timedelta(hours=1)
_OF_REVIEWS: tuple[EventKind, ...] = (
    "review.new", "review.edited", "review.removed", "review.unanswered", "reply.posted", "reply.rejected",
    "reply.outdated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hold:
    """A message waits until `until` for the reason `code`; `by` is the person who asked for it, where one did."""

    code: HoldCode
    until: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """Quiet that a person asked for: `scope` is review, source, location or rule, `scope_id` its id or name."""

    id: int
    scope: str
    scope_id: str
    until: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message is about, as far as silences and summaries ask; the review's columns as they are now."""

    rule: str
    source: str = ""
    location: str | None = None
    review_id: int | None = None
    at: datetime | None = None
    state: str = ""
    unhappy: bool = False
    snoozed_until: datetime | None = None
    acknowledged_at: datetime | None = None


def company_of(kind: str) -> tuple[EventKind, ...]:
    """The kinds of event that may share a message with this one; () when it always goes alone."""
    if kind in _OF_REVIEWS:
        return _OF_REVIEWS
    alone: tuple[EventKind, ...] = ("source.failing", "source.recovered", "source.quiet", "source.first_read")
    return tuple(each for each in alone if each == kind)


def silenced(subject: Subject, silences: Iterable[Silence], now: datetime) -> Hold | None:
    """The hold of the silence that covers a message longest, or of its review's own snooze."""
    named = {"review": str(subject.review_id), "source": subject.source, "location": subject.location,
             "rule": subject.rule}  # fmt: skip
    holds = [Hold("snoozed", each.until, each.by) for each in silences if named.get(each.scope) == each.scope_id]
    if subject.snoozed_until is not None:
        holds.append(Hold("snoozed", subject.snoozed_until))
    return max((hold for hold in holds if hold.until > now), key=lambda hold: hold.until, default=None)


def at_first(
    now: datetime, *, urgent: bool, snooze: Hold | None, quiet: QuietHours | None, company_since: datetime | None
) -> Hold | None:
    """What a new message waits for. `company_since` is when the first of those it may travel with was made (now, where
    it is the first itself); None when it does not wait for company.
    """
    hold = snooze or in_quiet_hours(now, urgent=urgent, quiet=quiet)
    if hold is not None or urgent or company_since is None:
        return hold
    return Hold("grouping", max(min(now + COMPANY_WAIT, company_since + COMPANY_AT_MOST), now))


def in_quiet_hours(now: datetime, *, urgent: bool, quiet: QuietHours | None) -> Hold | None:
    """Wait for the end of the quiet hours; what is urgent passes where the channel says so."""
    if quiet is None or (urgent and quiet.urgent_passes):
        return None
    end = quiet_until(quiet, now)
    return Hold("quiet_hours", end) if end else None


def over_the_cap(now: datetime, *, sent: Sequence[datetime], per_hour: int) -> Hold | None:
    """Wait until fewer than `per_hour` messages (0: no cap) lie within an hour; `sent` are the moments of the last."""
    lately = sorted((at for at in sent if at > now - HOUR), reverse=True)
    if not per_hour or len(lately) < per_hour:
        return None
    return Hold("per_hour", lately[per_hour - 1] + HOUR)


def dropped(subject: Subject, held_for: str | None) -> DropCode | None:
    """Tell whether a message that has waited needs no sending any more: its review was acknowledged since, or it was
    snoozed and is not about an unhappy review that still waits for an answer.
    """
    if subject.acknowledged_at and subject.at and subject.acknowledged_at >= subject.at:
        return "acknowledged"
    waits = subject.review_id is not None and subject.unhappy and subject.state in {"open", "drafted"}
    return "snooze_over" if held_for == "snoozed" and not waits else None
