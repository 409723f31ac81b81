"""Connections for single tests: a site of prepared answers, a folder of prepared files."""

from collections.abc import Mapping
from typing import Any

from repmon.errors import SourceRefused
from repmon.http.answer import Answer


class Prepared:
    """`repmon.connector.Http`: the nth GET gets the nth body; `asked` is (url, params)."""

    def __init__(self, *bodies: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.bodies = list(bodies)
        self.headers = headers or {}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.notes: list[tuple[str, dict[str, object]]] = []
        self.rests: list[float] = []

    def rest(self, seconds: float) -> None:
        self.rests.append(seconds)

    def get(self, url: str, *, params: Any = None, headers: Any = None, auth: Any = None) -> Answer:
        self.asked.append((url, dict(params or {})))
        return Answer(200, url, self.headers, self.bodies[len(self.asked) - 1])

    def note(self, code: str, **values: object) -> None:
        self.notes.append((code, values))


class Drawer:
    """`repmon.connector.Files`: bytes by name; a path is a file's name, or "" for all of them."""

    def __init__(self, **files: bytes) -> None:
        self.files = files
        self.notes: list[tuple[str, dict[str, object]]] = []

    def names(self, path: str) -> list[str]:
        if path and path not in self.files:
            raise SourceRefused("file_not_there", file=path)
        return [path] if path else sorted(self.files)

    def read(self, name: str) -> bytes:
        return self.files[name]

    def note(self, code: str, **values: object) -> None:
        self.notes.append((code, values))
