"""JSON on stdout: one document, or one line after the other, in plain ASCII so that no terminal acts on it."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import click


def write(value: object) -> None:
    """One document."""
    click.echo(_json(value, indent=2))


def write_list(rows: Iterable[Mapping[str, object]]) -> None:
    """One document that is a list, a line for each row; written as the rows come."""
    separator = "["
    for row in rows:
        click.echo(f"{separator}\n{_json(row)}", nl=False)
        separator = ","
    click.echo("[]" if separator == "[" else "\n]")


def write_line(row: Mapping[str, object]) -> None:
    """One line of JSON Lines."""
    click.echo(_json(row))


def moment(at: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC: `2026-03-01T13:05:00Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, indent=indent).replace("\x7f", "\\u007f")
