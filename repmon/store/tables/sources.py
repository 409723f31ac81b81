"""Sources and their listings, what they sent that could not be read, and what repmon knows about itself."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from repmon.store.tables.shape import VALUES, Queued, long_text, partial


class SourceRow(SQLModel, table=True):
    """One `[[sources]]` of the configuration, known by `name`; a source gone from it is retired, not deleted."""

    __tablename__ = "source"
    __table_args__ = (CheckConstraint("state IN ('ok', 'busy', 'failing', 'paused', 'retired')", name="state"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    connector: str
    location: str | None = None
    role: str = "own"
    state: str = "ok"
    added_at: datetime
    first_read_said_at: datetime | None = None
    last_poll_at: datetime | None = None
    last_ok_at: datetime | None = None
    last_new_at: datetime | None = None
    failing_since: datetime | None = None
    failing_said_at: datetime | None = None
    failures: int = 0
    episode: int = 0
    """How many times it has failed and recovered: makes each failure's messages one of a kind."""
    not_before: datetime | None = None
    """The site asked us to stay away until then."""
    error: dict[str, Any] | None = Field(default=None, sa_type=VALUES)
    note: list[Any] | None = Field(default=None, sa_type=VALUES)
    settings_hash: str = ""
    polls: int = 0
    polls_ok: int = 0
    calls_on: date | None = None
    calls: int = 0
    """Requests made on the day `calls_on`, for sites with a daily allowance."""
    retired_at: datetime | None = None


class ListingRow(SQLModel, table=True):
    """What is read on its own: a country, a place, a file. Where its reading stands."""

    __tablename__ = "listing"
    __table_args__ = (UniqueConstraint("source_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    name: str = ""
    added_at: datetime
    first_finished_at: datetime | None = None
    last_finished: bool = False
    """Did the last read reach its natural end? Until it does, nothing may stop a read early."""
    last_read_at: datetime | None = None
    last_sweep_at: datetime | None = None
    last_recent_at: datetime | None = None
    reviews: int = 0
    cut_depth: int = 0
    validators: dict[str, str] | None = Field(default=None, sa_type=VALUES)
    note: list[Any] | None = Field(default=None, sa_type=VALUES)
    claimed_by: str | None = None
    claimed_until: datetime | None = None
    retired_at: datetime | None = None


class ItemRow(Queued, table=True):
    """An item of a site that could not be read as a review, kept in its raw form."""

    __tablename__ = "quarantined_item"
    __table_args__ = (UniqueConstraint("source_id", "digest"),)

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    listing_id: int | None = Field(default=None, foreign_key="listing.id")
    digest: str
    raw: str = long_text()
    field: str = ""
    first_seen_at: datetime
    last_seen_at: datetime
    settled_at: datetime | None = None


class PushedRow(Queued, table=True):
    """The raw inbox: what was pushed to us, stored before anything looks inside."""

    __tablename__ = "pushed"
    __table_args__ = (
        UniqueConstraint("source_id", "digest"),
        partial("ix_pushed_waiting", "id", where="settled_at IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    digest: str
    headers: dict[str, Any] | None = Field(default=None, sa_type=VALUES)
    body: bytes = Field(sa_type=LargeBinary)
    received_at: datetime
    settled_at: datetime | None = None


class TokenRow(SQLModel, table=True):
    """An access token, encrypted with a key that is not in the database."""

    __tablename__ = "token"

    name: str = Field(primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)
    expires_at: datetime | None = None
    updated_at: datetime


class ModelRow(SQLModel, table=True):
    """A learned reading of reviews: its weights and how well it did on reviews it had not seen."""

    __tablename__ = "model"

    id: int | None = Field(default=None, primary_key=True)
    language: str
    trained_at: datetime
    trained_on: int
    weights: str = long_text()
    figures: dict[str, Any] | None = Field(default=None, sa_type=VALUES)
    active: bool = False


class FactRow(SQLModel, table=True):
    """A single thing repmon remembers about itself: when it was installed, whether it stopped cleanly."""

    __tablename__ = "fact"

    name: str = Field(primary_key=True)
    value: str = long_text()
    at: datetime
