"""Finds the mapped columns in the header of a CSV file, and tells headers and broken rows from answers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from repmon.connector import Files, SourceChanged
from repmon_connectors._table import Row

Column = Literal["id", "text", "rating", "written_at", "author", "title", "language", "url", "edited_at", "place"]

_ASKED = {"text", "rating", "title"}


def mapped(
    file: str, rows: Iterator[Row], columns: Mapping[Column, str], files: Files
) -> Iterator[dict[str, Any] | Row]:
    """Give the rows below the header as {our field: their cell}; a row that does not fit the header stays a Row.

    Without an id column, `alike` numbers rows that say the same: two guests may both give a bare 5 on one day.
    """
    header = next(rows).cells
    places = _places(file, header, columns)
    ours, width = list(places.items()), len(header)
    alike: Counter[tuple[str, ...]] = Counter()
    count = 0
    for count, row in enumerate(rows, 1):
        cells = row.cells
        if row.problem or len(cells) < width or any(cells[width:]):  # programs pad rows with empty cells
            yield row if row.problem else row._replace(problem="row_cells")
            continue
        found: dict[str, Any] = {field: cells[place] for field, place in ours}
        if count == 1 and not cells[0].strip() and _is_sub_header(found):
            continue
        if "id" not in found:
            said = tuple(found.values())
            alike[said] += 1
            found["alike"] = alike[said]
        yield found
    if not count:
        files.note("file_no_rows", file=file)


def _places(file: str, header: Sequence[str], columns: Mapping[Column, str]) -> dict[Column, int]:
    """Find where each field stands. A column named differently must be there; others are taken where they are.

    SourceChanged names what is missing and what is there.
    """
    names = [_name(cell) for cell in header]
    wanted = {field: _name(column) for field, column in columns.items()}
    missing = [column for field, column in columns.items() if column not in ("", field) and wanted[field] not in names]
    found = {field: names.index(name) for field, name in wanted.items() if name and name in names}
    if missing or not _ASKED & found.keys():
        there = ", ".join(cell.strip() for cell in header if cell.strip())
        raise SourceChanged(
            "file_columns_missing", file=file, missing=", ".join(missing) or "text or rating", columns=there
        )
    for field in found:
        if names.count(wanted[field]) > 1:
            raise SourceChanged("file_column_twice", file=file, column=columns[field])
    return found


def _name(cell: str) -> str:
    """Headers hold line ends and non-breaking spaces."""
    return " ".join(cell.split()).casefold()


def _is_sub_header(found: Mapping[str, str]) -> bool:
    """Tell the second header some surveys write: no id, no number, but words like "Response" below the questions."""
    rating = found.get("rating", "").strip().casefold()
    if "id" in found:
        return not found["id"].strip() and not any(letter.isdigit() for letter in rating)
    return rating in {"response", "open-ended response"}
