"""The files a source may read: finished, regular, capped in size, and never through a link out of their folder."""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from repmon.errors import SourceDown, SourceError, SourceRefused
from repmon.http.unchanged import Unchanged

MAX_BYTES = 64 * 2**20

_UNFINISHED = (".part", ".tmp", "~")
_READ = (
    os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
)  # not blocking: opening a pipe would wait for its writer


class FileRead:
    """`repmon.connector.Files` for one read of one listing; `base` is the folder of the configuration file.

    `known` is what the last finished read left as `validators`, {name: "mtime_ns:size"}. Unchanged is raised by
    `names` when none of the files differs, and by `read` when one file is asked for on its own; in a folder where
    one file changed, all are read, for an early end would hide the changed one.
    """

    requests = 0

    def __init__(self, base: Path, known: Mapping[str, str] | None = None, *, max_bytes: int = MAX_BYTES) -> None:
        self._base = base
        self._known = known or {}
        self._max_bytes = max_bytes
        self._listed: set[str] = set()
        self.notes: list[tuple[str, dict[str, object]]] = []
        self.validators: dict[str, str] = {}

    def names(self, path: str) -> list[str]:
        """The file itself, or the finished files of a folder, sorted by name; SourceRefused when there is none."""
        place = self._base / path
        try:
            names = _finished(place, path) if stat.S_ISDIR(place.stat().st_mode) else [path]
            stamps = {name: _stamp((self._base / name).stat()) for name in names}
        except OSError as error:
            raise _named(error, path) from None
        self._listed.update(names)
        if names and stamps == self._known:
            self.validators = stamps
            raise Unchanged
        return names

    def read(self, name: str) -> bytes:
        """The whole file. SourceRefused for what is not ours to read, SourceDown when it cannot be read now."""
        try:
            with os.fdopen(os.open(self._inside(name), _READ), "rb") as file:
                return self._content(name, file)
        except OSError as error:
            raise _named(error, name, seen=name in self._listed) from None

    def note(self, code: str, **values: object) -> None:
        """Say something harmless about this read."""
        self.notes.append((code, values))

    def item_seen(self) -> None:
        """Nothing to watch: a file cannot lead round in circles as a site can."""

    def _inside(self, name: str) -> Path:
        place = self._base / name
        place.stat()  # a circle of links is an OSError here, but not in resolve
        real = place.resolve(strict=True)
        if not real.is_relative_to(place.parent.resolve(strict=True)):
            raise SourceRefused("path_leaves_folder", path=name)
        return real

    def _content(self, name: str, file: BinaryIO) -> bytes:
        """Read what was opened; the stamp is from before, so that a change while reading shows at the next read."""
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise SourceRefused("path_not_a_file", path=name)
        stamp = _stamp(about)
        if name not in self._listed and self._known.get(name) == stamp:
            self.validators[name] = stamp
            raise Unchanged
        content = file.read(self._max_bytes + 1)
        if len(content) > self._max_bytes:
            raise SourceRefused("file_too_large", path=name, limit=self._max_bytes)
        self.validators[name] = stamp
        return content


def _finished(folder: Path, path: str) -> list[str]:
    """The regular files of a folder that nobody is still writing, as names below `path`."""
    with os.scandir(folder) as entries:
        names = [
            entry.name
            for entry in entries
            if not entry.name.startswith(".") and not entry.name.endswith(_UNFINISHED) and entry.is_file()
        ]
    return [str(Path(path) / name) for name in sorted(names)]


def _stamp(about: os.stat_result) -> str:
    return f"{about.st_mtime_ns}:{about.st_size}"


def _named(error: OSError, path: str, *, seen: bool = False) -> SourceError:
    """The SourceError for what the system says; a file that was there a moment ago is only gone for now."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR) and not seen:
        return SourceRefused("path_missing", path=path)
    if error.errno in (errno.EACCES, errno.EPERM):
        return SourceRefused("path_forbidden", path=path)
    return SourceDown("file_unreadable", path=path, reason=error.strerror or type(error).__name__)
