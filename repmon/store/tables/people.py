"""The people who decide, their sessions, and the chain of what they did."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from repmon.store.tables.shape import VALUES, long_text


class UserRow(SQLModel, table=True):
    """One person; `locations` None means every place."""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint("role IN ('owner', 'manager', 'viewer')", name="role"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    role: str = "viewer"
    locations: list[Any] | None = Field(default=None, sa_type=VALUES)
    password_hash: str | None = None
    pin_hash: str | None = None
    created_at: datetime
    disabled_at: datetime | None = None


class SessionRow(SQLModel, table=True):
    """A signed-in device; the cookie's secret is kept as a hash only."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_user_id", "user_id"),)

    id: str = Field(primary_key=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE")
    csrf: str
    device: str = ""
    remembered: bool = False
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


class ThrottleRow(SQLModel, table=True):
    """Failed tries of one kind by one account or address; survives a restart."""

    __tablename__ = "throttle"

    name: str = Field(primary_key=True)
    tries: int = 0
    since: datetime


class NoteRow(SQLModel, table=True):
    """A word to colleagues beside a review."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_review_id", "review_id"),)

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", ondelete="CASCADE")
    by: str
    at: datetime
    text: str = long_text()


class AuditRow(SQLModel, table=True):
    """One thing done, chained to the one before by its hash; ids, figures and hashes, never review text."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor: str
    action: str
    subject: str = ""
    values: dict[str, Any] = Field(default_factory=dict, sa_type=VALUES)
    previous: str
    hash: str = Field(unique=True)
