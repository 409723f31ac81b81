"""Files as a connector is handed them, out of one folder."""

from pathlib import Path

from repmon.errors import SourceDown, SourceRefused


class Folder:
    """`repmon.connector.Files` for tests: the finished files below `root`; `notes` is what the connector said."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.notes: list[tuple[str, dict[str, object]]] = []
        self.requests = 0

    def names(self, path: str) -> list[str]:
        """List the file itself, or the files of a folder, sorted; SourceRefused when there is neither."""
        place = self.root / path
        if not place.exists():
            raise SourceRefused("path_missing", path=path)
        return sorted(str(file) for file in place.iterdir()) if place.is_dir() else [str(place)]

    def read(self, name: str) -> bytes:
        """Read the whole file; SourceDown when it cannot be read."""
        self.requests += 1
        try:
            return Path(name).read_bytes()
        except OSError as error:
            raise SourceDown("file_unreadable", path=name, reason=error.strerror) from error

    def note(self, code: str, **values: object) -> None:
        """Keep what the connector says about this read."""
        self.notes.append((code, values))

    def item_seen(self) -> None:
        """Take notice of an item, as the core's connections do."""
