"""Drafts of replies and what became of them. repmon never rewrites a draft a person has touched."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from repmon.store.tables.shape import VALUES, Queued, long_text, partial

UNDECIDED = "state IN ('pending', 'approved', 'posting')"


class DraftRow(Queued, table=True):
    """One reply, from pending to posted; at most one of a review is undecided."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint(
            "state IN ('pending', 'approved', 'posting', 'posted', 'unknown', 'failed', 'rejected', 'outdated')",
            name="state",
        ),
        partial("uq_draft_undecided", "review_id", where=UNDECIDED, unique=True),
        Index("ix_draft_review_id", "review_id"),
        Index("ix_draft_state", "state", "review_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", ondelete="CASCADE")
    review_version: int
    parent_id: int | None = None
    state: str = "pending"
    outdated: bool = False
    version: int = 1
    text: str = long_text()
    language: str = ""
    template: str = ""
    variants: list[Any] = Field(default_factory=list, sa_type=VALUES)
    """Which variant of each part was used, so that the least recently used comes next."""
    explanation: list[Any] = Field(default_factory=list, sa_type=VALUES)
    lint: list[Any] = Field(default_factory=list, sa_type=VALUES)
    created_at: datetime
    edited_by: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    override: str | None = long_text(None, nullable=True)
    approved_sha256: str | None = None
    intent_at: datetime | None = None
    posted_at: datetime | None = None
    posted_by: str | None = None
    site_state: str | None = None
    asked_at: datetime | None = None
    """When the site was last asked what it shows of this reply."""
