"""How a reply looks: too long for the site, shouting, links, blanks that were not filled in, hidden characters."""

import re
from collections.abc import Iterator

from repmon.connector import ReplyLimit
from repmon.steps.drafting.draft import Business
from repmon.steps.lint.finding import Finding, finding
from repmon.steps.lint.hidden import hidden

_ADDRESS = re.compile(
    r"https?://[^\s<>]{1,500}|\bwww\.[^\s<>]{1,500}"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|info|biz|shop|app|io|co|ly|me|eu|uk|de|fr|es|it|nl|pt|be|at"
    r"|ch|ie|us|ca|au|example)(?![\w@-])(?:/[^\s<>]{0,500})?",
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"\{\{[^{}\n]{0,80}\}\}|\{[a-z_ ]{2,40}\}|\[[A-Za-z][A-Za-z _/'\u2019-]{1,40}\]|<[a-z][a-z _-]{1,30}>"
    r"|\b(?:TODO|TBD|XXX+)\b|_{3,}|\blorem ipsum\b|%[A-Za-z_]{2,30}%"
)
_MARKS = re.compile(r"[!?]{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_LONG_WORD = 5
_WORDS_IN_A_ROW = 2


def form(text: str, limit: ReplyLimit | None, business: Business | None) -> Iterator[Finding]:
    """Find what is wrong with the form; names of the business and its contact may look as they like."""
    own = f"{business.name} {business.signature} {business.contact}" if business else ""
    for each in hidden(text):
        yield finding("hidden", each.start, each.start + 1, name=each.name)
    if limit:
        yield from _length(text, limit)
    for match in _ADDRESS.finditer(text):
        end = match.start() + len(match[0].rstrip(".,;:!?)"))
        if text[match.start() : end].casefold() not in own.casefold():
            yield finding("link", match.start(), end)
    for match in _BLANK.finditer(text):
        yield finding("placeholder", *match.span())
    yield from _shouting(text, frozenset(_WORD.findall(own.casefold())))


def _length(text: str, limit: ReplyLimit) -> Iterator[Finding]:
    """Find what is beyond the limit, from the first character that does not fit."""
    if limit.unit == "characters":
        if len(text) > limit.length:
            yield finding("limit", limit.length, len(text), length=len(text), unit=limit.unit, limit=limit.length)
        return
    encoded = text.encode("utf-8", "surrogatepass")
    if len(encoded) > limit.length:
        fits = len(encoded[: limit.length].decode("utf-8", "ignore"))
        yield finding("limit", fits, len(text), length=len(encoded), unit=limit.unit, limit=limit.length)


def _shouting(text: str, own: frozenset[str]) -> Iterator[Finding]:
    """Find rows of marks, and words in capitals: two in a row with a long one among them, or one long one."""
    row: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        loud = len(match[0]) > 1 and match[0].isupper() and match[0].casefold() not in own
        if loud:
            row.append(match)
        if row and (not loud or "\n" in text[row[0].start() : match.start()]):
            yield from _loud(row)
            row = []
    yield from _loud(row)
    for match in _MARKS.finditer(text):
        yield finding("capitals", *match.span())


def _loud(row: list[re.Match[str]]) -> Iterator[Finding]:
    longest = max((len(match[0]) for match in row), default=0)
    if longest >= _LONG_WORD or (len(row) >= _WORDS_IN_A_ROW and longest > _WORDS_IN_A_ROW):
        yield finding("capitals", row[0].start(), row[-1].end())
