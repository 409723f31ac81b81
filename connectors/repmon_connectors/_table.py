"""Splits the bytes of a CSV or JSON Lines file into rows, and stands what exports and half-written files do."""

import codecs
import csv
import io
import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_CUT_OFF = re.compile("[\udcc2-\udcf4][\udc80-\udcbf]{0,2}$")
_JSON_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')


class Text(NamedTuple):
    """A file's text; `recoded` where bytes were no UTF-8, `cut` where it ends in the middle of a letter."""

    text: str
    recoded: bool
    cut: bool


class Row(NamedTuple):
    """One row and the line it starts on; `problem` is "" or a code, "file_unfinished" only at the end."""

    line: int
    cells: list[str]
    problem: str = ""


def decoded(content: bytes) -> Text:
    """UTF-8, or UTF-16 with its mark; single bytes that are no UTF-8 are read as Windows-1252, the rest is not."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Text(content.decode("utf-16", "replace"), recoded=False, cut=False)
    text = content.decode("utf-8-sig", "surrogateescape")
    strange = len(_NOT_UTF8.findall(text))
    tail = _CUT_OFF.search(text)
    if tail and strange == len(tail[0]):
        return Text(text[: tail.start()], recoded=False, cut=True)
    return Text(_NOT_UTF8.sub(_windows, text) if strange else text, recoded=strange > 0, cut=False)


def _windows(found: re.Match[str]) -> str:
    return bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace")


def is_json_lines(text: str) -> bool:
    """Tell by the first letter: the header of a CSV file does not start with a brace."""
    return text.lstrip().startswith("{")


def json_lines(given: Text) -> Iterator[Row]:
    """One cell a row: the line. The last is unfinished where it has no line end and its braces do not close."""
    *ended, last = given.text.split("\n")
    for number, line in enumerate(ended, 1):
        if line.strip():
            yield Row(number, [line.strip()])
    if last.strip():
        shell = _JSON_TEXT.sub("", last)
        whole = shell.count("{") == shell.count("}") and '"' not in shell and not given.cut
        yield Row(len(ended) + 1, [last.strip()], "" if whole else "file_unfinished")


def sniffed(text: str) -> str:
    """Find the delimiter that splits the header into most cells."""
    return max(",;\t", key=lambda mark: len(next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), [])))


def csv_rows(given: Text, delimiter: str) -> Iterator[Row]:
    """Read every row with something in it, the header first.

    A quote that is never closed swallows what follows it. At the end of the file that is a row still being written;
    where whole rows were swallowed, it is a slip: its line alone is a problem, and reading goes on below it.
    """
    csv.field_size_limit(sys.maxsize)  # the file's size was capped; the module's own limit would end the whole file
    lines = list(io.StringIO(given.text, newline=""))
    shape = _Shape(delimiter)
    ended = given.text.endswith(("\n", "\r")) and not given.cut
    at, width = 0, 0
    while at < len(lines):
        begun = at
        reader = csv.reader(map(lines.__getitem__, range(begun, len(lines))), delimiter=delimiter)
        for cells in reader:
            end = begun + reader.line_num
            last = end == len(lines)
            whole = shape.is_whole(lines[at:end]) if last or end - at > 1 else True
            if not whole and (end - at > 1) and (not last or shape.swallowed(lines[at + 1 : end], width)):
                yield Row(at + 1, [lines[at]], "row_quote")
                at += 1
                break
            unfinished = last and (not whole or (not ended and (given.cut or len(cells) < width)))
            if any(cells):
                yield Row(at + 1, cells, "file_unfinished" if unfinished else "")
            at, width = end, width or len(cells)


class _Shape:
    """What a well-formed row looks like with this delimiter (RFC 4180, and quotes inside unquoted cells)."""

    def __init__(self, delimiter: str) -> None:
        mark = re.escape(delimiter)
        cell = rf'(?:"[^"]*+(?:""[^"]*+)*+"|(?:[^"{mark}\r\n][^{mark}\r\n]*+)?)'
        self._row = re.compile(rf"{cell}(?:{mark}{cell})*+[\r\n]*")
        self._delimiter = delimiter

    def is_whole(self, lines: list[str]) -> bool:
        return self._row.fullmatch("".join(lines)) is not None

    def swallowed(self, lines: list[str], width: int) -> bool:
        """Find whole rows among these lines."""
        return width > 1 and any(len(cells) == width for cells in csv.reader(lines, delimiter=self._delimiter))
