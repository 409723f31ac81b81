"""Reads the RSS or Atom of an answer: capped, without entities of its own, in the encoding it is really in.

Documentation: https://www.rssboard.org/rss-specification and https://www.rfc-editor.org/rfc/rfc4287
"""

import io
import re
from datetime import UTC, datetime
from typing import Any

import feedparser

from repmon.connector import Answer, Http, SourceChanged

LARGEST = 5 * 2**20
_HIDDEN = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([^\"']*)")
_TEXT_CODECS = re.compile(r"(?i:utf|us-ascii|ascii|iso|latin|windows|cp\d|koi8|mac|gb|big5|euc|shift|sjis|tis)")
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)


def parsed(answer: Answer, http: Http) -> Any:
    """What feedparser makes of it; SourceChanged for what is no feed, and a note where it is damaged."""
    found = _parsed(answer)
    if not found.version and not found.entries:
        raise SourceChanged("feed_none")
    if found.bozo and not isinstance(found.bozo_exception, _HARMLESS):
        http.note("feed_damaged")
    return found


def moment(six: list[int] | None) -> datetime | None:
    """Year to second, in UTC."""
    return datetime(*six, tzinfo=UTC) if six else None  # type: ignore[arg-type, misc]


def _parsed(answer: Answer) -> Any:
    """Give feedparser bytes, never an address or a path: it would fetch the one and open the other."""
    content = answer.content
    if len(content) > LARGEST:
        raise SourceChanged("feed_too_large", limit=LARGEST)
    bare = content.replace(b"\0", b"")
    if b"<!ENTITY" in _HIDDEN.sub(b"", bare):
        raise SourceChanged("feed_entities")
    declaration = bare.partition(b"?>")[0].decode("latin-1")
    declared = _ENCODING.search(declaration) if "<?xml" in declaration else None
    charset = _CHARSET.search(answer.headers.get("content-type", ""))
    encoding = (declared or charset or ("", ""))[1]
    if encoding and not _TEXT_CODECS.match(encoding):
        raise SourceChanged("feed_encoding", encoding=encoding[:40])
    named = f"; charset={encoding}" if encoding and not declared else ""
    return feedparser.parse(io.BytesIO(content), response_headers={"content-type": f"application/xml{named}"})
