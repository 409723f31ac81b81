"""The shape of a message's text, for services that can show more than plain characters.

A message is one text. What it looks like is read from it, so that what was cut, or put before it, holds everywhere:
paragraphs stand apart, a stranger's words stand behind `> `, commands in backticks, our own links as addresses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

QUOTED = "> "
_ADDRESS = r"https?://[^\s“”<>\"]+[^\s“”<>\".,;:!?)]"
_TOKEN = re.compile(rf"`([^`\n]+)`|({_ADDRESS})")
_LINK_LINE = re.compile(rf"(?P<words>[^“”:`]{{2,60}}): (?P<url>{_ADDRESS})")
_LABEL = re.compile(r"(?P<label>[^“”:`.]{2,28}:)(?P<rest>$| .*)")
_HEADING = re.compile(r"\d{1,3}\. |[^“”]* · ")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one line in one style; `url` where they lead somewhere, always to our own desk."""

    text: str
    style: Literal["plain", "strong", "code"] = "plain"
    url: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together: our own words, or words that are quoted (without their `> `)."""

    quote: bool
    lines: tuple[Line, ...]


Paragraph = tuple[Piece, ...]


def layout(body: str, desk: str = "") -> tuple[Paragraph, ...]:
    """The paragraphs of a text. Only addresses below `desk` become links: they are the only ones we wrote."""
    return tuple(tuple(_pieces(each.split("\n"), desk)) for each in body.split("\n\n") if each.strip())


def _pieces(lines: list[str], desk: str) -> Iterator[Piece]:
    start = 0
    while start < len(lines):
        quote = lines[start].startswith(QUOTED)
        end = start
        while end < len(lines) and lines[end].startswith(QUOTED) == quote:
            end += 1
        if quote:
            yield Piece(quote=True, lines=tuple((Run(line.removeprefix(QUOTED)),) for line in lines[start:end]))
        else:
            written = (tuple(_runs(line, desk, first=start + at == 0)) for at, line in enumerate(lines[start:end]))
            yield Piece(quote=False, lines=tuple(written))
        start = end


def _runs(line: str, desk: str, *, first: bool) -> Iterator[Run]:
    link = _LINK_LINE.fullmatch(line)
    if link and _is_ours(link["url"], desk):
        yield Run(link["words"], url=link["url"])
        return
    if first and _HEADING.match(line):
        yield Run(line, "strong")
        return
    label = _LABEL.fullmatch(line)
    if label:
        yield Run(label["label"], "strong")
        line = label["rest"]
    yield from _tokens(line, desk)


def _tokens(line: str, desk: str) -> Iterator[Run]:
    at = 0
    for found in _TOKEN.finditer(line):
        code, address = found.groups()
        if address and not _is_ours(address, desk):
            continue
        if found.start() > at:
            yield Run(line[at : found.start()])
        yield Run(code, "code") if code else Run(address, url=address)
        at = found.end()
    if at < len(line):
        yield Run(line[at:])


def _is_ours(url: str, desk: str) -> bool:
    return bool(desk) and url.startswith(f"{desk.rstrip('/')}/")
