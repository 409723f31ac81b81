"""The few statements the dialects spell differently."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def table_of(row: type[SQLModel]) -> Table:
    """The table behind a row class, for statements over many rows at once."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


def insert_new(
    session: Session, row: type[SQLModel], values: Sequence[Mapping[str, Any]], unique: Sequence[str]
) -> int:
    """Insert the rows whose `unique` columns are not there yet and leave the others as they are; how many were new.

    All mappings must have the same keys; columns left out get the default of the row class.
    """
    if not values:
        return 0
    build = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = build(table_of(row)).on_conflict_do_nothing(index_elements=list(unique))
    result = session.connection().execute(statement, list(values))
    return max(result.rowcount, 0)
