"""The few statements the dialects spell differently."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import Table, func, select
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
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")  # both would cost 5 MB
    statement = dialect.insert(table_of(row)).on_conflict_do_nothing(index_elements=list(unique))
    counted = statement.execution_options(preserve_rowcount=True)
    run = session.connection().execute
    return sum(run(counted, each).rowcount for each in values)  # of many at once PostgreSQL does not say how many


def one_at_a_time(session: Session, name: str) -> None:
    """Until the end of this transaction, nobody else gets past here with the same name.

    On SQLite every writing transaction is the only one already (`BEGIN IMMEDIATE`).
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))
