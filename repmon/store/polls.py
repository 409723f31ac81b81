"""What a poll of a source came to: its state, its failures, and the news about itself that follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from repmon.errors import RepmonError, SourceBusy, SourceError, SourceRefused
from repmon.store import events
from repmon.store.sources import listings_of
from repmon.store.tables import SourceRow

CHANGED_UNTIL_PAUSED = 3
PAUSED_TRIES_AFTER = timedelta(days=1)
"""A paused source is asked again once a day by itself: some refusals pass, and one request a day offends nobody."""
BUSY_WITHOUT_A_WORD = timedelta(minutes=5)

Note = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a source is not asked now: `paused` until somebody mends it, `busy` because the site wants us away."""

    status: str
    error: RepmonError


def may_ask(row: SourceRow, now: datetime, *, named: bool) -> Refusal | None:
    """None when the source may be asked. Naming it lifts a pause, never the site's own "come back later".

    A wait longer than we ever set is from a clock that was ahead, and is over.
    """
    if row.state == "ok":
        return None  # a time set all the same is our own pace (`store.budget`), not the site's word
    if row.not_before and now < row.not_before <= now + PAUSED_TRIES_AFTER:
        if row.state == "paused" and not named:
            return Refusal("paused", _stored_error(row))
        if row.state != "paused":
            wait = (row.not_before - now).total_seconds()
            return Refusal("busy", SourceBusy("asked_to_wait", seconds=round(wait)))
    return None


def settle(
    session: Session, source_id: int, error: SourceError | None, notes: Sequence[Note],
    failing_after: int, *, requests: int, new: int, now: datetime,
) -> None:  # fmt: skip
    """Write down how a poll went, and raise what the owner should know: failing once, recovered once."""
    row = session.get_one(SourceRow, source_id)
    row.polls += 1
    row.last_poll_at = now
    row.note = [[code, values] for code, values in notes]
    _count_calls(row, requests, now)
    if error is not None and error.code == "stopping":
        return  # we went, not the site: its state is what it was
    if error is None:
        _went_well(session, row, new, now)
    elif isinstance(error, SourceBusy):
        wait = timedelta(seconds=error.retry_after) if error.retry_after is not None else BUSY_WITHOUT_A_WORD
        row.state, row.not_before, row.error = "busy", now + wait, error.stored()
    else:
        _failed(session, row, error, failing_after, now)


def calls_left(session: Session, source_id: int, per_day: int | None, now: datetime, *, already: int) -> int | None:
    """How many requests the site's daily allowance leaves for now; None when it has none."""
    if per_day is None:
        return None
    row = session.get_one(SourceRow, source_id)
    spent = row.calls if row.calls_on == now.date() else 0
    return max(per_day - spent - already, 0)


def _went_well(session: Session, row: SourceRow, new: int, now: datetime) -> None:
    if row.failing_said_at:
        values = {"since": (row.failing_since or now).isoformat(), "failures": row.failures, "new": new}
        events.raise_event(session, f"source.recovered/{row.id}/{row.episode}", "source.recovered", now,
                           source_id=row.id, location=row.location, values=values)  # fmt: skip
    if row.failing_since:
        row.episode += 1
    row.state, row.error, row.not_before = "ok", None, None
    row.failing_since, row.failing_said_at, row.failures = None, None, 0
    row.last_ok_at = now
    row.polls_ok += 1
    row.last_new_at = now if new else row.last_new_at
    _say_first_read(session, row, now)


def _failed(session: Session, row: SourceRow, error: SourceError, failing_after: int, now: datetime) -> None:
    row.failures += 1
    row.failing_since = row.failing_since or now
    row.error = error.stored()
    refused = isinstance(error, SourceRefused)
    paused = refused or (error.status == "changed" and row.failures >= CHANGED_UNTIL_PAUSED)
    row.state = "paused" if paused else "failing"
    row.not_before = now + PAUSED_TRIES_AFTER if paused else None
    if not refused and row.failures < failing_after:
        return
    said = f"source.failing/{row.id}/{row.episode}" + ("/refused" if refused else "")
    values = {**error.stored(), "status": error.status, "paused": paused, "since": row.failing_since.isoformat()}
    events.raise_event(session, said, "source.failing", now, source_id=row.id, location=row.location, values=values)
    row.failing_said_at = row.failing_said_at or now


def _say_first_read(session: Session, row: SourceRow, now: datetime) -> None:
    """One summary when every listing of a source has been read to its end for the first time."""
    listings = listings_of(session, row.id or 0)
    if row.first_read_said_at or not listings or any(each.first_finished_at is None for each in listings):
        return
    row.first_read_said_at = now
    values = {"reviews": sum(each.reviews for each in listings), "listings": len(listings)}
    events.raise_event(session, f"source.first_read/{row.id}", "source.first_read", now, source_id=row.id,
                       location=row.location, values=values)  # fmt: skip


def _count_calls(row: SourceRow, requests: int, now: datetime) -> None:
    if row.calls_on != now.date():
        row.calls_on, row.calls = now.date(), 0
    row.calls += requests


def _stored_error(row: SourceRow) -> RepmonError:
    stored = row.error or {}
    return RepmonError(str(stored.get("code", "paused")), **stored.get("values", {}))
