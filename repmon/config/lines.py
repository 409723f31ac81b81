"""On which line each key of a TOML text stands, so that a mistake can be named by its line.

`tomllib` gives values without places. This reads the same text once more, minding only keys and where values end;
it expects a text that `tomllib` has already accepted.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator

KeyPath = tuple[str | int, ...]

_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*+")
_SPACE = re.compile(r"[ \t]*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_SCALAR = re.compile(r"[^,\]}\n#]++")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}'  # up to two quotes may stand right before the closing three
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)


def index(text: str) -> dict[KeyPath, int]:
    """Map every table, key and array element, by its path of keys and positions, to its line (from 1)."""
    return _Scanner(text.replace("\r\n", "\n")).document()


def known_part(lines: dict[KeyPath, int], path: KeyPath) -> KeyPath:
    """Cut `path` to its longest beginning that stands in the file; () when nothing of it does."""
    return next((path[:length] for length in range(len(path), 0, -1) if path[:length] in lines), ())


class _Scanner:
    """Walks over one text; `at` is the next character to look at."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[KeyPath, int] = {}
        self.elements: dict[KeyPath, int] = {}
        """How many elements each array of tables has so far."""
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def document(self) -> dict[KeyPath, int]:
        prefix: KeyPath = ()
        self._skip(_GAP)
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                prefix = self._header()
            else:
                self._pair(prefix)
            self._skip(_GAP)
        return self.found

    def _header(self) -> KeyPath:
        line = self._line()
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        keys = tuple(self._keys())
        self.at += 2 if double else 1
        path = self._concrete(keys[:-1])
        self._note_all(path, len(path), line)
        path += keys[-1:]
        if double:
            self.found.setdefault(path, line)
            self.elements[path] = self.elements.get(path, 0) + 1
            path += (self.elements[path] - 1,)
        elif path in self.elements:
            path += (self.elements[path] - 1,)
        self.found[path] = line
        return path

    def _concrete(self, keys: KeyPath) -> KeyPath:
        """Put positions into the keys of a header wherever they pass through an array of tables."""
        path: KeyPath = ()
        for key in keys:
            path += (key,)
            if path in self.elements:
                path += (self.elements[path] - 1,)
        return path

    def _pair(self, prefix: KeyPath) -> None:
        line = self._line()
        path = prefix + tuple(self._keys())
        self._note_all(path, len(path) - len(prefix), line)
        self.at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        opening = self.text[self.at]
        if opening == "[":
            for position in self._members("]"):
                self.found[(*path, position)] = self._line()
                self._value((*path, position))
        elif opening == "{":
            for _ in self._members("}"):
                self._pair(path)
        else:
            self._skip(_STRING if opening in "\"'" else _SCALAR)

    def _members(self, closing: str) -> Iterator[int]:
        """Stop at each member of an array or inline table in turn; end behind the closing bracket."""
        self.at += 1
        position = 0
        self._skip(_GAP)
        while not self.text.startswith(closing, self.at):
            yield position
            position += 1
            self._skip(_GAP)
            if self.text.startswith(",", self.at):
                self.at += 1
                self._skip(_GAP)
        self.at += 1

    def _keys(self) -> Iterator[str]:
        """Read the parts of a dotted key; ends at the character behind it."""
        while True:
            self._skip(_SPACE)
            yield self._key()
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return
            self.at += 1

    def _key(self) -> str:
        quoted = self.text[self.at] in "\"'"
        start = self.at
        self._skip(_STRING if quoted else _BARE_KEY)
        part = self.text[start : self.at]
        return str(tomllib.loads(f"key = {part}")["key"]) if quoted else part

    def _note_all(self, path: KeyPath, last: int, line: int) -> None:
        """Note the line of the `last` endings of a path, keeping earlier notes."""
        for length in range(len(path) - last + 1, len(path) + 1):
            self.found.setdefault(path[:length], line)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        if match is None or (pattern is not _GAP and pattern is not _SPACE and match.end() == self.at):
            message = f"not where a value should be: character {self.at}"
            raise ValueError(message)
        self.at = match.end()

    def _line(self) -> int:
        return bisect_left(self._ends, self.at) + 1
