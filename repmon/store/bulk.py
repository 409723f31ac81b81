"""Many rows at once, past SQLAlchemy's work for each value: a first import stores tens of thousands of reviews.

Values are handed to the driver as they are, except times, which SQLite keeps as text in the form SQLAlchemy reads.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from typing import Any

from sqlmodel import Session, SQLModel, UTCDateTime

from repmon.store.statements import table_of

AT_ONCE = 100
"""Rows in one of SQLite's statements: a third faster than row by row; with more of them it slows down again."""
_AS_KEPT = len("2026-01-31 12:00:00.000000")


def insert_rows(session: Session, row: type[SQLModel], values: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns; columns left out get the default of the row class.

    ValueError for one whose default is worked out from the others: it has to be named.
    """
    if not values:
        return
    sqlite = session.get_bind().dialect.name == "sqlite"
    named = tuple(values[0])
    statement, marks, rest = _insertion(row, named, sqlite=sqlite)
    rows = [(*each.values(), *rest) for each in values]
    if sqlite:
        _insert_together(session, statement, marks, _with_times_as_text(row, named, rows))
    else:
        session.connection().exec_driver_sql(statement + marks, rows)


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
    rows = [tuple(each.values()) for each in values]
    session.connection().exec_driver_sql(
        statement, _with_times_as_text(row, tuple(values[0]), rows) if sqlite else rows
    )


def _insert_together(session: Session, statement: str, marks: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert as many rows in a statement as this SQLite takes values."""
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    most = min(AT_ONCE, driver.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) // len(rows[0]))
    for begin in range(0, len(rows), most):
        part = rows[begin : begin + most]
        connection.exec_driver_sql(statement + ", ".join([marks] * len(part)), tuple(chain.from_iterable(part)))


@cache
def _insertion(row: type[SQLModel], named: tuple[str, ...], *, sqlite: bool) -> tuple[str, str, tuple[Any, ...]]:
    """Give the statement up to its values, the marks for those of one row, and the defaults that end each row."""
    table = table_of(row)
    left_out = [column for column in table.columns if column.name not in named and column.default is not None]
    worked_out = [column.name for column in left_out if column.default is not None and column.default.is_callable]
    if worked_out:
        raise ValueError(f"{', '.join(worked_out)} cannot be left out")
    names = [*named, *(column.name for column in left_out)]
    marks = f"({', '.join(['?' if sqlite else '%s'] * len(names))})"
    defaults = tuple(getattr(column.default, "arg", None) for column in left_out)
    return f'INSERT INTO "{table.name}" ({_quoted(names)}) VALUES ', marks, defaults  # noqa: S608 - our own names


@cache
def _update(row: type[SQLModel], changed: tuple[str, ...], where: tuple[str, ...], *, sqlite: bool) -> str:
    mark = "?" if sqlite else "%s"
    table = table_of(row)
    assignments = ", ".join(f'"{table.columns[name].name}" = {mark}' for name in changed)
    conditions = " AND ".join(f'"{table.columns[name].name}" = {mark}' for name in where)
    return f'UPDATE "{table.name}" SET {assignments} WHERE {conditions}'  # noqa: S608 - our own names


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _with_times_as_text(
    row: type[SQLModel], names: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    places = _times(row, names)
    if not places:
        return rows
    columns = [list(column) for column in zip(*rows, strict=True)]
    for place in places:
        columns[place] = [None if moment is None else _as_text(moment) for moment in columns[place]]
    return list(zip(*columns, strict=True))


@cache
def _times(row: type[SQLModel], names: tuple[str, ...]) -> tuple[int, ...]:
    columns = table_of(row).columns
    return tuple(place for place, name in enumerate(names) if isinstance(columns[name].type, UTCDateTime))


def _as_text(moment: datetime) -> str:
    """Give an aware time as SQLAlchemy's SQLite dialect stores it: UTC, without a zone, to the microsecond."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(" ", "microseconds")[:_AS_KEPT]
