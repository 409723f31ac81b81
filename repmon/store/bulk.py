"""Many rows at once, past SQLAlchemy's work for each value: a first import stores tens of thousands of reviews.

Values are handed to the driver as they are, except times, which SQLite keeps as text in the form SQLAlchemy reads.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlmodel import Session, SQLModel

from repmon.store.statements import table_of


def insert_rows(session: Session, row: type[SQLModel], values: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns; columns left out get the default of the row class."""
    if not values:
        return
    sqlite = session.get_bind().dialect.name == "sqlite"
    named = tuple(values[0])
    statement, rest = _insertion(row, named, sqlite=sqlite)
    stored = _stored if sqlite else _as_is
    session.connection().exec_driver_sql(statement, [(*map(stored, each.values()), *rest) for each in values])


def update_rows(
    session: Session, row: type[SQLModel], values: Sequence[Mapping[str, Any]], where: Sequence[str]
) -> None:
    """Update rows found by the columns `where`; each mapping names the same columns, those of `where` last."""
    if not values:
        return
    sqlite = session.get_bind().dialect.name == "sqlite"
    changed = [name for name in values[0] if name not in where]
    if list(values[0]) != [*changed, *where]:
        raise ValueError(f"the columns {', '.join(where)} come last")
    statement = _update(row, tuple(changed), tuple(where), sqlite=sqlite)
    stored = _stored if sqlite else _as_is
    session.connection().exec_driver_sql(statement, [tuple(map(stored, each.values())) for each in values])


@cache
def _insertion(row: type[SQLModel], named: tuple[str, ...], *, sqlite: bool) -> tuple[str, tuple[Any, ...]]:
    table = table_of(row)
    left_out = [column for column in table.columns if column.name not in named and column.default is not None]
    names = [*named, *(column.name for column in left_out)]
    marks = ", ".join(["?" if sqlite else "%s"] * len(names))
    defaults = tuple(getattr(column.default, "arg", None) for column in left_out)
    return f'INSERT INTO "{table.name}" ({_quoted(names)}) VALUES ({marks})', defaults  # noqa: S608 - our own names


@cache
def _update(row: type[SQLModel], changed: tuple[str, ...], where: tuple[str, ...], *, sqlite: bool) -> str:
    mark = "?" if sqlite else "%s"
    table = table_of(row)
    assignments = ", ".join(f'"{table.columns[name].name}" = {mark}' for name in changed)
    conditions = " AND ".join(f'"{table.columns[name].name}" = {mark}' for name in where)
    return f'UPDATE "{table.name}" SET {assignments} WHERE {conditions}'  # noqa: S608 - our own names


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return value


def _as_is(value: Any) -> Any:
    return value
