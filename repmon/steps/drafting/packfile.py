"""Reads one pack file: part → case → variants, each with the line it stands on, so that a mistake can be named."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from repmon.errors import DraftError

ALLOWED: Mapping[str, frozenset[str]] = {
    "greeting": frozenset({"business"}),
    "greeting.named": frozenset({"business", "name"}),
    "thanks": frozenset({"business"}),
    "acknowledge": frozenset({"business", "topics"}),
    "acknowledge_both": frozenset({"business", "praised", "topics"}),
    "acknowledge_none": frozenset({"business"}),
    "care": frozenset({"business"}),
    "ownership": frozenset({"business"}),
    "next": frozenset({"business", "contact"}),
    "next_plain": frozenset({"business"}),
    "sign": frozenset({"business", "signature"}),
    "topic": frozenset(),
}
"""What a template of each part may print; a key with a case goes before its part."""

_JOINERS = frozenset({"and", "comma"})


@dataclass(frozen=True)
class Variant:
    """One way to say one part. `key` is `part.case`; `id` is `language/trade:part.case#n`, n from 1."""

    id: str
    key: str
    text: str
    file: str
    line: int
    own: bool


@dataclass(frozen=True)
class Pack:
    """The words for one language and trade: `parts` by `part.case`, phrases for concrete words, list joiners."""

    language: str
    trade: str
    parts: Mapping[str, tuple[Variant, ...]]
    named: Mapping[str, str]
    joiners: Mapping[str, str]

    def variants(self) -> Iterator[Variant]:
        """Every variant of every part."""
        for variants in self.parts.values():
            yield from variants


def allowed_in(key: str) -> frozenset[str]:
    """List the names a template under `part.case` may print."""
    return ALLOWED.get(key, ALLOWED[key.partition(".")[0]])


def read_pack(language: str, trade: str, source: Path | Traversable, file: str, *, own: bool) -> Pack:
    """Read one file as a pack; DraftError with file and line for what is no pack. Templates are not yet compiled."""
    lines, tables = _read(source, file)
    named = _strings(tables.pop("named", {}), "named", lines)
    joiners = _strings(tables.pop("list", {}), "list", lines)
    lines.refuse_unknown(joiners, _JOINERS, "list")
    lines.refuse_unknown(tables, {key for key in ALLOWED if "." not in key})
    parts: dict[str, tuple[Variant, ...]] = {}
    for part, cases in tables.items():
        for case, texts in _table(cases, part, lines).items():
            key = f"{part}.{case}"
            if not isinstance(texts, list) or not all(isinstance(one, str) and one.strip() for one in texts):
                raise DraftError("pack_list_expected", file=file, line=lines.of(part, case), key=key)
            parts[key] = tuple(
                Variant(f"{language}/{trade}:{key}#{n}", key, one, file, lines.of(part, case, one), own)
                for n, one in enumerate(texts, start=1)
            )
    return Pack(language, trade, parts, named, joiners)


@dataclass(frozen=True)
class _Lines:
    """The lines of a file, to say where something stands: TOML readers do not tell."""

    file: str
    text: list[str]

    def of(self, table: str, key: str, text: str = "") -> int:
        """Find the line of a text, else of its key, else of its table, counted from 1."""
        start = self._after(0, rf"\s*\[{re.escape(table)}\b") if table else 0
        start = self._after(start, rf'\s*\[?"?{re.escape(key)}\b')
        first = text.lstrip("\n").partition("\n")[0]
        written = re.escape(first), re.escape(json.dumps(first, ensure_ascii=False)[1:-1])
        return (self._after(start, rf".*?({'|'.join(written)})") if text else start) + 1

    def _after(self, start: int, pattern: str) -> int:
        found = re.compile(pattern)
        return next((n for n, line in enumerate(self.text[start:], start) if found.match(line)), start)

    def refuse_unknown(self, found: Iterable[str], known: AbstractSet[str], table: str = "") -> None:
        """DraftError for the first key that is not known."""
        for key in found:
            if key not in known:
                line = self.of(table, key)
                raise DraftError("pack_key_unknown", file=self.file, line=line, key=key, known=", ".join(sorted(known)))


def _read(source: Path | Traversable, file: str) -> tuple[_Lines, dict[str, object]]:
    try:
        text = source.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DraftError("pack_broken", file=file, line=1, problem="it is not UTF-8") from error
    try:
        return _Lines(file, text.splitlines()), tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise DraftError("pack_broken", file=file, line=line, problem=str(error)) from error


def _table(found: object, key: str, lines: _Lines) -> Mapping[str, object]:
    if not isinstance(found, dict):
        raise DraftError("pack_table_expected", file=lines.file, line=lines.of("", key), key=key)
    return found


def _strings(found: object, table: str, lines: _Lines) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, text in _table(found, table, lines).items():
        if not isinstance(text, str):
            raise DraftError("pack_text_expected", file=lines.file, line=lines.of(table, key), key=f"{table}.{key}")
        texts[key] = text
    return texts
