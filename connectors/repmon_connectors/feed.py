"""Feeds: any RSS or Atom feed, Google Alerts among them.

Documentation: https://www.rssboard.org/rss-specification and https://www.rfc-editor.org/rfc/rfc4287
Read by feedparser, which forgives much; a Google Alerts address needs no login, so every address is kept as a secret.
"""

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import feedparser
from pydantic import AfterValidator, Field

from repmon.connector import Answer, Connector, Http, Item, Items, Secret, SiteReview, SourceChanged
from repmon_connectors._entries import identified, plain

LARGEST = 5 * 2**20
MOST_ENTRIES = 1_000
_HIDDEN = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([^\"']*)")
_TEXT_CODECS = re.compile(r"(?i:utf|us-ascii|ascii|iso|latin|windows|cp\d|koi8|mac|gb|big5|euc|shift|sjis|tis)")
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)


def _web_address(given: Secret) -> Secret:
    parts = urlsplit(given.get_secret_value())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an http or https address")
    return given


class Feed(Connector):
    """Any RSS or Atom feed, each entry one mention; Google Alerts links are unwrapped."""

    window = "what the feed holds"
    min_every = timedelta(minutes=15)

    url: Annotated[Secret, AfterValidator(_web_address)] = Field(description="The feed's http(s) address; a secret.")
    kind: Literal["mention", "review"] = Field("mention", description="What an entry is.")

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - a feed is one listing
        """Read the feed's entries, with ids worth keeping; one request."""
        parsed = _parse(http.get(self.url.get_secret_value()))
        entries = parsed.entries
        if not parsed.version and not entries:
            raise SourceChanged("feed_none")
        if parsed.bozo and not isinstance(parsed.bozo_exception, _HARMLESS):
            http.note("feed_damaged")
        if not entries:
            http.note("feed_empty")
        if len(entries) > MOST_ENTRIES:
            http.note("feed_cut", entries=len(entries), limit=MOST_ENTRIES)
        home = parsed.feed.get("link") or ""
        yield from identified([plain(entry, home) for entry in entries[:MOST_ENTRIES]])

    def review(self, item: Item) -> SiteReview:
        """One entry; feeds rate nothing."""
        return SiteReview(
            id=item["id"],
            kind=self.kind,
            title=item["title"],
            text=item["text"],
            author=item["author"],
            url=item["link"],
            language=item["language"],
            written_at=_moment(item["published"] or item["updated"]),
            edited_at=_moment(item["updated"]) if item["updated"] != item["published"] else None,
        )


def _parse(answer: Answer) -> Any:
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


def _moment(six: list[int] | None) -> datetime | None:
    return datetime(*six, tzinfo=UTC) if six else None  # type: ignore[arg-type, misc]
