"""What is worth knowing (events), who is told (deliveries), and why or why not (decisions). No review text here."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from repmon.store.tables.shape import VALUES, Queued, partial

UNROUTED = "routed_at IS NULL"
UNDELIVERED = "state IN ('pending', 'held')"


class EventRow(Queued, table=True):
    """One thing worth knowing. Its `key` makes sure that it is raised once, whatever is retried."""

    __tablename__ = "event"
    __table_args__ = (
        partial("ix_event_unrouted", "id", where=UNROUTED),
        Index("ix_event_review_id", "review_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    at: datetime
    source_id: int | None = Field(default=None, foreign_key="source.id")
    review_id: int | None = Field(default=None, foreign_key="review.id", ondelete="SET NULL")
    draft_id: int | None = None
    location: str | None = None
    values: dict[str, Any] = Field(default_factory=dict, sa_type=VALUES)
    routed_at: datetime | None = None
    incident_id: int | None = None


class DeliveryRow(Queued, table=True):
    """One event on its way to one target: the outbox."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "target"),
        CheckConstraint("state IN ('pending', 'held', 'delivered', 'failed')", name="state"),
        partial("ix_delivery_undelivered", "target", "id", where=UNDELIVERED),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", ondelete="CASCADE")
    target: str
    channel: str
    rule: str
    urgency: str = "normal"
    state: str = "pending"
    created_at: datetime
    delivered_at: datetime | None = None
    held_until: datetime | None = None
    held_for: str | None = None
    permanent: bool = False
    bundle_id: int | None = None
    """The delivery whose message carried this one, where several became one."""


class AttemptRow(SQLModel, table=True):
    """One try at one delivery, and what came of it."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_delivery_id", "delivery_id"),)

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: int = Field(foreign_key="delivery.id", ondelete="CASCADE")
    at: datetime
    seconds: float
    error: dict[str, Any] | None = Field(default=None, sa_type=VALUES)


class TargetRow(SQLModel, table=True):
    """One address that messages go to, under a name that shows no secret, and how it has been doing."""

    __tablename__ = "target"

    key: str = Field(primary_key=True)
    masked: str
    channel: str
    failures: int = 0
    last_attempt_at: datetime | None = None
    last_ok_at: datetime | None = None
    open_until: datetime | None = None
    error: dict[str, Any] | None = Field(default=None, sa_type=VALUES)
    retired_at: datetime | None = None


class DecisionRow(SQLModel, table=True):
    """One rule that was looked at for one event, and the value that decided."""

    __tablename__ = "rule_decision"
    __table_args__ = (Index("ix_rule_decision_event_id", "event_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", ondelete="CASCADE")
    position: int
    rule: str
    matched: bool
    sends: bool
    code: str
    values: dict[str, Any] = Field(default_factory=dict, sa_type=VALUES)
    at: datetime


class SilenceRow(SQLModel, table=True):
    """Quiet asked for by a person: a review, source, place or rule, until an end."""

    __tablename__ = "silence"

    id: int | None = Field(default=None, primary_key=True)
    scope: str
    scope_id: str
    until: datetime
    asked_by: str
    asked_at: datetime
    lifted_at: datetime | None = None


class IncidentRow(SQLModel, table=True):
    """A burst of unhappy reviews at one place, from its first sign to its end."""

    __tablename__ = "incident"

    id: int | None = Field(default=None, primary_key=True)
    location: str | None = None
    kind: str
    opened_at: datetime
    updated_at: datetime
    closed_at: datetime | None = None
    values: dict[str, Any] = Field(default_factory=dict, sa_type=VALUES)
