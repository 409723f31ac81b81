"""Reads the rows of one file of answers, be it CSV or JSON Lines."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from repmon.connector import Files, SourceChanged
from repmon_connectors._columns import Column, mapped
from repmon_connectors._table import Row, csv_rows, decoded, is_json_lines, json_lines, sniffed

Delimiter = Literal["auto", ",", ";", "\t"]


def rows(
    name: str, files: Files, columns: Mapping[Column, str], delimiter: Delimiter
) -> Iterator[dict[str, Any] | Row]:
    """The rows as {our field: their cell}; a Row where it is broken, unfinished, or a line of JSON."""
    given = decoded(files.read(name))
    if not given.text.strip():
        raise SourceChanged("file_empty", file=name)
    if given.recoded:
        files.note("file_recoded", file=name)
    if is_json_lines(given.text):
        return json_lines(given)
    mark = sniffed(given.text) if delimiter == "auto" else delimiter
    return mapped(name, csv_rows(given, mark), columns, files)


def finished(name: str, found: Iterator[dict[str, Any] | Row], files: Files) -> Iterator[dict[str, Any]]:
    """Those rows as JSON can hold them; a last one that is still being written is noted and waits."""
    for row in found:
        if not isinstance(row, Row):
            yield row
        elif row.problem == "file_unfinished":
            files.note(row.problem, file=name, line=row.line)
        else:
            yield row._asdict()
