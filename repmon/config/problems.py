"""Collects every mistake of the file, each as one line: file, line, key, what is wrong."""

from collections.abc import Iterable, Mapping, Sequence

from repmon.config.lines import KeyPath, known_part
from repmon.config.units import Wrong
from repmon.errors import ConfigError
from repmon.wording import say

SHORTEST_SECRET = 4
MASK = "***"


class Problems:
    """The mistakes of one file. `name` is the file as the person named it, `tree` what `tomllib` read."""

    def __init__(self, name: str, lines: dict[KeyPath, int], tree: Mapping[str, object]) -> None:
        self.name = name
        self._lines = lines
        self._tree = tree
        self._found: dict[tuple[int, str, str], None] = {}
        self._paths: set[KeyPath] = set()

    def add(self, path: KeyPath, code: str, **values: object) -> None:
        """Note a mistake at a key; where the key does not stand in the file, at the table it should stand in."""
        known = known_part(self._lines, path)
        self._paths.add(path)
        self._found[(self.line(path), self.where(known), say(code, values))] = None

    def add_wrong(self, path: KeyPath, wrong: Wrong) -> None:
        """Note a value that could not be read."""
        self.add(path, wrong.code, **wrong.values)

    def known(self, path: KeyPath) -> bool:
        """Whether this key, or a part of its value, has been complained about."""
        return any(path[: len(seen)] == seen or seen[: len(path)] == path for seen in self._paths)

    def line(self, path: KeyPath) -> int:
        """Look up the line of a key, or of the table it should stand in; 1 for the file itself."""
        return self._lines.get(known_part(self._lines, path), 1)

    def where(self, path: KeyPath) -> str:
        """Write a path for people: sources by their ids, other positions counted from 1."""
        text = ""
        node: object = self._tree
        for key in path:
            node = _child(node, key)
            name = _id(node) if isinstance(key, int) else str(key)
            text += f".{name}" if name else f"[{int(key) + 1}]"
        return text.removeprefix(".") or say("config_whole_file")

    def raise_if_any(self, secrets: Iterable[str] = ()) -> None:
        """ConfigError with every line, in the order of the file; a secret that got into one is masked."""
        if not self._found:
            return
        lines = [f"{self.name}:{line}: {where}: {text}" for line, where, text in sorted(self._found, key=_by_line)]
        raise ConfigError([_printable(_masked(line, secrets)) for line in lines])


def _by_line(problem: tuple[int, str, str]) -> int:
    return problem[0]


def _child(node: object, key: str | int) -> object:
    if isinstance(node, Mapping):
        return node.get(key)
    if isinstance(node, Sequence) and isinstance(key, int) and key < len(node):
        return node[key]
    return None


def _id(node: object) -> str:
    """Ask an element of an array of tables what it calls itself, if it does."""
    given = (node.get("id") or node.get("name")) if isinstance(node, Mapping) else None
    return given if isinstance(given, str) else ""


def _masked(line: str, secrets: Iterable[str]) -> str:
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST_SECRET:
            line = line.replace(secret, MASK)
    return line


def _printable(line: str) -> str:
    """Keep control characters of keys and values, and of a connector's own words, off the terminal."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)
