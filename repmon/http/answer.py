"""What a site answered, read whole."""

import codecs
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from repmon.errors import SourceChanged
from repmon.http.address import spoken
from repmon.http.lean import httpx
from repmon.http.strict_json import NotJson, parse

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_FOR_TEXT = re.compile(
    r"utf-?(8|16|32)|(us-)?ascii|iso-?8859|latin|windows-|cp\d|koi8|gb|big5|euc|shift|iso-?2022", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_TYPE = 60


@dataclass(frozen=True, repr=False)
class Answer:
    """One answer: `content` is unpacked and capped, header names match in any case, `url` is the last one asked."""

    status: int
    url: str
    headers: Mapping[str, str]
    content: bytes

    def __repr__(self) -> str:
        return f"<Answer {self.status} {self.address}, {len(self.content)} bytes>"

    @property
    def address(self) -> str:
        """The address without its query and user: what messages may show."""
        return spoken(httpx.URL(self.url))

    @property
    def kind(self) -> str:
        """The declared media type, printable and short, "" when there is none."""
        given = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return "".join(char for char in given if char.isascii() and char.isprintable())[:_LONGEST_TYPE]

    def text(self) -> str:
        """The body as text: by its byte order mark, else as declared, else UTF-8; what does not fit is replaced."""
        for mark, codec in _MARKS:
            if self.content.startswith(mark):
                return self.content.decode(codec, errors="replace")
        return self.content.decode(self._declared() or "utf-8", errors="replace")

    def json(self) -> Any:
        """The body as JSON; SourceChanged when it is anything else (HTML, empty, cut off, absurdly deep …)."""
        try:
            return parse(self._json_text())
        except NotJson as error:
            code = error.code
        raise SourceChanged(self._what_it_is(code), url=self.address, kind=self.kind, size=len(self.content))

    def _json_text(self) -> str:
        """JSON is UTF-8 whatever its header says (RFC 8259 §8.1); the header counts where the bytes are not."""
        codec = json.detect_encoding(self.content)
        if codec not in ("utf-8", "utf-8-sig"):
            return self.content.decode(codec, errors="replace")
        try:
            return self.content.decode(codec)
        except UnicodeDecodeError:
            return self.content.decode(self._declared() or codec, errors="replace")

    def _declared(self) -> str | None:
        """The declared charset where it names a codec for text that Python has."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        if found is None or not _FOR_TEXT.match(found[1]):
            return None
        try:
            return codecs.lookup(found[1]).name
        except LookupError:
            return None

    def _what_it_is(self, code: str) -> str:
        start = self.content[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if not start:
            return "answer_empty"
        return "answer_html" if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) else code
