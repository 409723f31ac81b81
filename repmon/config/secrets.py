"""Secrets that stand outside the file: `env:NAME` and `file:PATH`; and which settings may be written so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from repmon.config.lines import KeyPath
from repmon.config.units import Wrong
from repmon.connector import Connector

LARGEST_FILE = 65_536
_VARIABLE = re.compile(r"env:\s*[A-Za-z_]\w*", re.ASCII)


@dataclass(frozen=True)
class Outside:
    """Marks a plain text field (an address that may hold a password) that may be `env:` or `file:` too."""


@dataclass
class Secrets:
    """Reads secrets and remembers what it has read: every value, and the keys that hold theirs literally."""

    folder: Path
    environ: Mapping[str, str] = field(repr=False)
    values: set[str] = field(default_factory=set, repr=False)
    literal: list[KeyPath] = field(default_factory=list)
    problems: list[tuple[KeyPath, Wrong]] = field(default_factory=list)

    def resolve(self, model: type[BaseModel], raw: object, path: KeyPath) -> object:
        """`raw` with the secrets of `model` read; one that cannot be read is noted in `problems` and left as it is."""
        if not isinstance(raw, dict):
            return raw
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        return {
            key: self._field(model, fields[key], value, (*path, key)) if key in fields else value
            for key, value in raw.items()
        }

    def _field(self, model: type[BaseModel], info: FieldInfo, raw: object, path: KeyPath) -> object:
        parts = list(_parts(info.annotation))
        if SecretStr in parts or any(isinstance(mark, Outside) for mark in info.metadata):
            return self._leaves(raw, path, secret=SecretStr in parts)
        nested = next((part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)), None)
        if nested and isinstance(raw, list):
            return [self.resolve(nested, item, (*path, position)) for position, item in enumerate(raw)]
        if nested:
            return self.resolve(nested, raw, path)
        # Sites' ids are often kept beside their keys: taken as they stand, `env:X` would be sent to the site.
        named = isinstance(raw, str) and _VARIABLE.fullmatch(raw.strip())
        return self._leaves(raw, path, secret=False) if named and issubclass(model, Connector) else raw

    def _leaves(self, raw: object, path: KeyPath, *, secret: bool) -> object:
        if isinstance(raw, list):
            return [self._leaves(item, (*path, position), secret=secret) for position, item in enumerate(raw)]
        if isinstance(raw, dict):
            return {key: self._leaves(item, (*path, key), secret=secret) for key, item in raw.items()}
        return self._text(raw, path, secret=secret) if isinstance(raw, str) else raw

    def _text(self, given: str, path: KeyPath, *, secret: bool) -> str:
        try:
            value = read(given, self.folder, self.environ)
        except Wrong as wrong:
            self.problems.append((path, wrong))
            return given
        if secret or value != given:
            self.values.add(value)
        if secret and value == given:
            self.literal.append(path)
        return value


def read(given: str, folder: Path, environ: Mapping[str, str]) -> str:
    """Return what a text stands for: itself, or what `env:NAME` or `file:PATH` (relative to `folder`) holds.

    Raises Wrong, naming the variable or the file, never what is in it.
    """
    kind, _, name = given.strip().partition(":")
    if kind == "env":
        return _from_environment(name.strip(), environ)
    if kind == "file":
        return _from_file(name.strip(), folder)
    return given


def _from_environment(name: str, environ: Mapping[str, str]) -> str:
    if not name:
        raise Wrong("config_env_nameless")
    if name not in environ:
        raise Wrong("config_env_unset", name=name)
    if not environ[name].strip():
        raise Wrong("config_env_empty", name=name)
    return environ[name].strip()


def _from_file(name: str, folder: Path) -> str:
    if not name:
        raise Wrong("config_file_nameless")
    try:
        text = _text_of(folder / name, name)
    except UnicodeDecodeError:
        raise Wrong("config_file_not_text", name=name) from None  # the error would carry the file's bytes
    except OSError as error:
        raise Wrong("config_file_unreadable", name=name, reason=error.strerror) from error
    if not text.strip():
        raise Wrong("config_file_empty", name=name)
    return text.rstrip("\r\n")


def _text_of(path: Path, name: str) -> str:
    if not path.exists():
        raise Wrong("config_file_missing", name=name)
    if not path.is_file() or path.stat().st_size > LARGEST_FILE:
        raise Wrong("config_file_odd", name=name)
    return path.read_text(encoding="utf-8-sig")


def _parts(annotation: object) -> Iterator[object]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)
