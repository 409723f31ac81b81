"""Reviews, their earlier versions, and the graves of erased ones. Review text lives in these tables only."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from repmon.store.tables.shape import Queued, long_text, partial

WAITING = "step <> 'done'"
NEEDS_AN_ANSWER = "unhappy AND state IN ('open', 'drafted')"
LOOKED_AT_UNANSWERED = ("at", "id", "history", "state", "snoozed_until", "source_id", "location")
"""What the inbox asks about unanswered reviews, so that it counts and skips them without reading a row."""
ASSIGNED = "assigned_to IS NOT NULL"


def _written_or_seen(context: Any) -> datetime:
    """Fill `at` of a new row from the others."""
    given = context.get_current_parameters()
    at: datetime = given.get("written_at") or given["first_seen_at"]
    return at


class ReviewRow(Queued, table=True):
    """One review as it stands now; `step` names what it waits for: understand, draft, done."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("source_id", "place", "external_id"),
        CheckConstraint("rating IS NULL OR (rating >= 0 AND rating <= 5)", name="rating"),
        CheckConstraint("step IN ('understand', 'draft', 'done')", name="step"),
        CheckConstraint("state IN ('open', 'drafted', 'answered', 'dismissed', 'removed')", name="state"),
        CheckConstraint("outcome IN ('won_back', 'lowered', 'removed')", name="outcome"),
        partial("ix_review_waiting", "step", "id", where=WAITING),
        partial("ix_review_unanswered", *LOOKED_AT_UNANSWERED, where=NEEDS_AN_ANSWER),
        partial("ix_review_assigned", "assigned_to", "at", "id", where=ASSIGNED),
        Index("ix_review_at", "at", "id"),
        Index("ix_review_location", "location", "at", "id"),
        Index("ix_review_source_id", "source_id", "at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    listing_id: int = Field(foreign_key="listing.id")
    place: str = ""
    external_id: str
    location: str | None = None
    kind: str = "review"
    scale: str = "stars"
    rating: float | None = None
    given: float | None = None
    out_of: float | None = None
    recommended: bool | None = None
    title: str = long_text()
    text: str = long_text()
    translation: str = long_text()
    """The site's own machine translation, where it sent one along."""
    author: str = ""
    url: str = ""
    language: str = ""
    written_at: datetime | None = None
    edited_at: datetime | None = None
    first_seen_at: datetime
    at: datetime | None = Field(default=None, sa_column_kwargs={"default": _written_or_seen})
    """`written_at`, else `first_seen_at`; whoever changes the first sets this too. Lists are read off its indexes."""
    removed_at: datetime | None = None
    missed_sweeps: int = 0
    content_hash: str
    version: int = 1
    raw: str | None = long_text(None, nullable=True)
    keep_text_until: datetime | None = None
    history: bool = False
    """Seen by a first read: quiet, and without a draft unless asked for."""
    state: str = "open"
    unhappy: bool = False
    reply_text: str | None = long_text(None, nullable=True)
    reply_at: datetime | None = None
    reply_state: str | None = None
    label: str | None = None
    compound: float = 0.0
    raw_score: float = 0.0
    score: float = 0.0
    conflict: bool = False
    read_as: str = ""
    """The language the text was read as."""
    reasons: str | None = long_text(None, nullable=True)
    """JSON list of `[words, value]`; with the text, because it quotes it."""
    topics: str | None = long_text(None, nullable=True)
    """JSON list of `[name, polarity, [words]]`."""
    corrected_label: str | None = None
    corrected_by: str | None = None
    corrected_at: datetime | None = None
    answered_at: datetime | None = None
    answered_rating: float | None = None
    """What the reviewer had given, and in which version, when the reply went out."""
    answered_version: int | None = None
    outcome: str | None = None
    outcome_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    dismissed_at: datetime | None = None
    dismissed_reason: str | None = None
    snoozed_until: datetime | None = None
    assigned_to: str | None = None
    assigned_until: datetime | None = None
    step: str = "understand"


class VersionRow(SQLModel, table=True):
    """What a review said before an edit, kept as it was."""

    __tablename__ = "review_version"
    __table_args__ = (UniqueConstraint("review_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", ondelete="CASCADE")
    version: int
    rating: float | None = None
    given: float | None = None
    recommended: bool | None = None
    title: str = long_text()
    text: str = long_text()
    raw: str | None = long_text(None, nullable=True)
    content_hash: str
    label: str | None = None
    edited_at: datetime | None = None
    replaced_at: datetime


class TombstoneRow(SQLModel, table=True):
    """An erased review's identity, hashed: it is never taken in again."""

    __tablename__ = "tombstone"
    __table_args__ = (UniqueConstraint("source_id", "identity"),)

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    identity: str
    erased_at: datetime
    reason: str = ""
