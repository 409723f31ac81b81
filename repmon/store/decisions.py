"""Drafts in the hands of a person: taken for one decision at a time, and new rows for new words."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from repmon.store import audit
from repmon.store.tables import DraftRow, ReviewRow, SourceRow

UNDECIDED = ("pending", "approved", "posting")
IN_PLAY = (*UNDECIDED, "unknown")
SENT_OR_ABOUT_TO_BE = ("approved", "posting", "posted")
_LOOKED_BACK = 300


@dataclass(frozen=True, slots=True)
class Case:
    """A draft, the review it answers, and the name of that review's source."""

    draft: DraftRow
    review: ReviewRow
    source: str


def take(session: Session, draft_id: int) -> Case | None:
    """Take a draft in hand until the end of this transaction; None when there is no such draft.

    The review's row is locked before the draft's, as a poll does it: two that lock in different order wait for ever.
    """
    review_id = session.scalar(select(col(DraftRow.review_id)).where(col(DraftRow.id) == draft_id))
    if review_id is None:
        return None
    review = session.get_one(ReviewRow, review_id, with_for_update=True)
    draft = session.get_one(DraftRow, draft_id, with_for_update=True, populate_existing=True)
    return Case(draft, review, session.get_one(SourceRow, review.source_id).name)


def look_at(session: Session, draft_id: int) -> Case | None:
    """The same without taking it."""
    draft = session.get(DraftRow, draft_id)
    if draft is None:
        return None
    review = session.get_one(ReviewRow, draft.review_id)
    return Case(draft, review, session.get_one(SourceRow, review.source_id).name)


def undecided_of(session: Session, review_id: int) -> DraftRow | None:
    """Find the one draft of a review that somebody still has to do something about."""
    query = select(DraftRow).where(col(DraftRow.review_id) == review_id, col(DraftRow.state).in_(UNDECIDED))
    return session.scalars(query).first()


def reject_undecided(session: Session, review_id: int, reason: str, *, by: str, now: datetime) -> int | None:
    """Reject the draft of a review that waits, whose row is locked; its number, 0 when none waits.

    None when it cannot be rejected, because a reply is on its way to the site or may have arrived there.
    """
    query = select(DraftRow).where(col(DraftRow.review_id) == review_id, col(DraftRow.state).in_(IN_PLAY))
    found = list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))
    if any(draft.state in {"posting", "unknown"} for draft in found):
        return None
    for draft in found:
        draft.state, draft.decided_by, draft.decided_at, draft.reason = "rejected", by, now, reason
        audit.append(session, "draft.rejected", f"draft/{draft.id}", actor=by, at=now,
                     values={"review": review_id, "version": draft.version,
                             "sha256": sha256_of(draft.text)})  # fmt: skip
    return next((draft.id for draft in found), 0)


def edited_from(session: Session, draft_id: int) -> DraftRow | None:
    """Find the draft that a person made out of this one."""
    query = select(DraftRow).where(col(DraftRow.parent_id) == draft_id).order_by(col(DraftRow.id).desc())
    return session.scalars(query).first()


def add_edited(session: Session, case: Case, text: str, lint: Sequence[Any], *, by: str, now: datetime) -> DraftRow:
    """Write a person's words as a new pending draft of the review as it is now; changes made before are flushed."""
    old = case.draft
    row = DraftRow(
        review_id=old.review_id, review_version=case.review.version, parent_id=old.id, version=old.version + 1,
        text=text, language=old.language, template=old.template, lint=list(lint), created_at=now, edited_by=by,
    )  # fmt: skip
    session.flush()
    session.add(row)
    session.flush()
    return row


def recent_replies(session: Session, besides: int, limit: int) -> list[str]:
    """The latest approved or posted replies to other reviews, newest first; of a long backlog only its newest end."""
    newest = select(col(DraftRow.id)).order_by(col(DraftRow.id).desc()).limit(_LOOKED_BACK).subquery()
    query = (
        select(col(DraftRow.text))
        .where(col(DraftRow.id).in_(select(newest.c.id)), col(DraftRow.review_id) != besides,
               col(DraftRow.state).in_(SENT_OR_ABOUT_TO_BE))
        .order_by(col(DraftRow.id).desc())
        .limit(limit)
    )  # fmt: skip
    return list(session.scalars(query))


def sha256_of(text: str) -> str:
    """Fingerprint the exact bytes of a reply, in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
