"""Files that are written on trial: a new configuration and the secrets beside it, gone again unless they are kept."""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from repmon.cli.needs import Need
from repmon.cli.outside import write_private
from repmon.cli.questions import OUTSIDE
from repmon.config import Settings, load

DATABASE = "repmon.db*"
"""What the first configuration names its database, and what lies beside that."""


class Tentative:
    """A configuration in the making. Leaving the block without `keep` leaves the folder as it was."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.with_name(f".{path.name}.new")
        self._secrets: list[Path] = []
        self._first = not path.exists()
        self._stored = frozenset(path.parent.glob(DATABASE))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._file.unlink(missing_ok=True)
        for secret in self._secrets:
            secret.unlink(missing_ok=True)
        if self._first and not self.path.exists():
            for file in set(self.path.parent.glob(DATABASE)) - self._stored:
                file.unlink(missing_ok=True)  # a site that was tried gave a token to keep

    def without_secrets(self, source: str, wanted: list[Need], answers: Mapping[str, Any]) -> dict[str, object]:
        """Give the answers with each secret written into a file of its own, that its owner alone can read."""
        secret = {need.name for need in wanted if need.secret}
        return {key: self._outside(source, key, value) if key in secret else value for key, value in answers.items()}

    def tried(self, text: str) -> Settings:
        """Load a configuration of this text. ConfigError."""
        write_private(self._file, text)
        return load(self._file, environ=os.environ)

    def keep(self, text: str, *, as_before: bool = False) -> None:
        """Put this text in place, readable by its owner alone or by whom it was `as_before`, and keep its secrets."""
        write_private(self._file, text)
        if as_before:
            shutil.copymode(self.path, self._file)
        self._file.replace(self.path)
        self._secrets = [secret for secret in self._secrets if f"file:{secret.name}" not in text]

    def _outside(self, source: str, key: str, value: object) -> object:
        if isinstance(value, list):
            return [self._outside(source, key, each) for each in value]
        if not isinstance(value, str) or value.startswith(OUTSIDE):
            return value
        path = self._free(re.sub(r"[^\w.-]", "_", f"{source}.{key}"))
        write_private(path, value + "\n")
        self._secrets.append(path)
        return f"file:{path.name}"

    def _free(self, name: str) -> Path:
        """Find a name that no other source's secret has."""
        paths = (self.path.with_name(f"{name}{end}.secret") for end in ("", *(f"-{n}" for n in range(2, 1000))))
        return next(path for path in paths if not path.exists())
