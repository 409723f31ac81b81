"""Drafts: writing a new one, and what an edited review does to those there are. A draft row is never rewritten."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from repmon.store.statements import insert_new, table_of
from repmon.store.tables import DraftRow, ReviewRow

DRAFT = table_of(DraftRow)
REMEMBERED = 50
"""How many drafts back a variant of a part counts as recently used."""


def add_draft(session: Session, review_id: int, version: int, draft: Mapping[str, Any], now: datetime) -> bool:
    """Write a pending draft; false when the review has an undecided one already (another process was first)."""
    undecided = select(DRAFT.c.id).where(
        DRAFT.c.review_id == review_id, DRAFT.c.state.in_(("pending", "approved", "posting"))
    )
    if session.connection().execute(undecided).first():
        return False
    insert_new(session, DraftRow, [{"review_id": review_id, "review_version": version, "created_at": now, **draft}],
               ["id"])  # fmt: skip
    review = table_of(ReviewRow)
    session.connection().execute(
        update(review).where(review.c.id == review_id, review.c.state == "open").values(state="drafted")
    )
    return True


def outdate_drafts(session: Session, review_id: int, now: datetime) -> list[int]:
    """The review says something else now: undecided drafts are outdated, a posted one stays posted but says so.

    The numbers of the posted ones to which that happens for the first time.
    """
    mine = DRAFT.c.review_id == review_id
    undecided = DRAFT.c.state.in_(("pending", "approved"))
    run = session.connection().execute
    run(update(DRAFT).where(mine, undecided).values(state="outdated", outdated=True, decided_at=now))
    posted = select(DRAFT.c.id).where(mine, DRAFT.c.state == "posted", DRAFT.c.outdated.is_(False))
    newly = [row.id for row in run(posted)]
    run(update(DRAFT).where(mine, DRAFT.c.state.in_(("posted", "posting", "unknown"))).values(outdated=True))
    return newly


def recent_drafts(session: Session) -> tuple[list[str], str]:
    """Ids of the variants used in the last drafts, oldest first, and the text of the very last draft."""
    rows = session.connection().execute(
        select(DRAFT.c.variants, DRAFT.c.text).order_by(DRAFT.c.id.desc()).limit(REMEMBERED)
    ).all()  # fmt: skip
    used = [variant for row in reversed(rows) for variant in row.variants]
    return used, rows[0].text if rows else ""


def draft_of(session: Session, review_id: int) -> DraftRow | None:
    """The draft of a review that waits for a person's decision."""
    query = (
        select(DraftRow)
        .where(col(DraftRow.review_id) == review_id, col(DraftRow.state) == "pending")
        .order_by(col(DraftRow.id).desc())
    )
    return session.scalars(query).first()
