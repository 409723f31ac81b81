"""What became of answered reviews: noted when they are edited or go, counted when somebody asks."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from repmon.review import Review
from repmon.steps.outcome import change, figure, watched
from repmon.store.statements import table_of
from repmon.store.tables import ReviewRow

REVIEW = table_of(ReviewRow)
_SHOWN = ("reply_text", "reply_at", "reply_state")
_ANSWER = ("answered_at", "answered_rating", "answered_version")


def answered_as(row: Any) -> dict[str, Any]:
    """Give the columns that remember what a review said when it was answered; `row` is the review as it is now."""
    return {"answered_rating": figure(row.rating, row.given, row.recommended), "answered_version": row.version}


def at_first_sight(review: Review) -> dict[str, Any]:
    """Give the columns about the owner's reply for a review never seen before; one the site turned down is no answer.

    What was answered is what the review says now, unless it was edited since: then nobody knows.
    """
    reply = review.reply
    if reply is None:
        return {**dict.fromkeys((*_SHOWN, *_ANSWER)), "state": "open"}
    shown = dict(zip(_SHOWN, (reply.text, reply.at, reply.state), strict=True))
    if reply.standing == "rejected":
        return {**shown, **dict.fromkeys(_ANSWER), "state": "open"}
    known = reply.at is not None and not (review.edited_at and review.edited_at > reply.at)
    said = (figure(review.rating, review.given, review.recommended), 1) if known else (None, None)
    return {**shown, **dict(zip(_ANSWER, (reply.at, *said), strict=True)), "state": "answered"}


def after_edit(row: Any, review: Review, now: datetime) -> dict[str, Any]:
    """Give the columns that tell what an edit came to, given the row before it; {} where nothing is watched."""
    at = review.edited_at or now
    if row.answered_version is None or not watched(row.answered_at, at):
        return {}
    outcome = change(row.answered_rating, figure(review.rating, review.given, review.recommended))
    return {"outcome": outcome, "outcome_at": at if outcome else None}


def after_removal(row: Any, now: datetime) -> dict[str, Any]:
    """Give the columns that tell that an answered review is gone; when it went is known to the sweep only."""
    if row.answered_version is None or not watched(row.answered_at, now):
        return {}
    return {"outcome": "removed", "outcome_at": now}


def after_return(row: Any) -> dict[str, Any]:
    """Give the columns for a review that is shown again after it was gone."""
    if row.outcome != "removed":
        return {}
    outcome = change(row.answered_rating, figure(row.rating, row.given, row.recommended))
    return {"outcome": outcome, "outcome_at": row.outcome_at if outcome else None}


def outcomes(session: Session, since: datetime | None = None, location: str | None = None) -> dict[str, int]:
    """Count the reviews answered since then (None: ever), of one place (None: all), by what became of them.

    Keys: `answered` (all of them), `won_back`, `lowered`, `removed`.
    """
    conditions: list[ColumnElement[bool]] = [REVIEW.c.answered_at.is_not(None)]
    if since is not None:
        conditions.append(REVIEW.c.answered_at >= since)
    if location is not None:
        conditions.append(REVIEW.c.location == location)
    query = select(REVIEW.c.outcome, func.count()).where(*conditions).group_by(REVIEW.c.outcome)
    found: dict[str | None, int] = {row[0]: row[1] for row in session.connection().execute(query)}
    named = {name: found.get(name, 0) for name in ("won_back", "lowered", "removed")}
    return {"answered": sum(found.values()), **named}
