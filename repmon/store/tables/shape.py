"""What all tables share: named constraints (migrations need names) and the columns of a row that waits for work."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, text
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
VALUES = JSON(none_as_null=True)
"""A column for values by name; None is no value rather than the JSON word null."""


class Queued(SQLModel):
    """A row that waits for a step. Three failures set it aside (`quarantined_at`); a claim ends by itself."""

    attempts: int = 0
    next_attempt_at: datetime | None = None
    claimed_by: str | None = None
    claimed_until: datetime | None = None
    quarantined_at: datetime | None = None
    error: dict[str, Any] | None = Field(default=None, sa_type=VALUES)
    """Why the last attempt failed: `{"code": …, "values": {…}}`."""


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that fulfil a condition only.

    Naming a dialect in it would load that dialect, and PostgreSQL's costs 5 MB: see `partial_indexes_for`.
    """
    return Index(name, *columns, unique=unique, info={"where": text(where)})


def partial_indexes_for(dialect: str) -> None:
    """Tell the dialect in use of the conditions of the partial indexes."""
    for table in SQLModel.metadata.tables.values():
        for index in table.indexes:
            if "where" in index.info:
                index.dialect_options[dialect]["where"] = index.info["where"]


def long_text(default: str | None = "", *, nullable: bool = False) -> Any:
    """A column for text of any length."""
    return Field(default=default, sa_type=Text, nullable=nullable)
