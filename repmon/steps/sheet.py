"""A table as CSV that a spreadsheet shows and does not run."""

import csv
import io
from collections.abc import Sequence

_ACTIVE = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""What makes a cell a formula when it stands first (OWASP, "CSV Injection"), also in full width."""


def csv_line(cells: Sequence[object]) -> str:
    r"""One line, every cell quoted, ended by `\r\n` (RFC 4180). An apostrophe disarms what would be a formula."""
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow([_inert(cell) for cell in cells])
    return line.getvalue()


def _inert(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    first = cell.lstrip(" \u00a0")[:1]
    return f"'{cell}" if first and first in _ACTIVE else cell
