"""Feeds: any RSS or Atom feed, Google Alerts among them.

Documentation: https://www.rssboard.org/rss-specification and https://www.rfc-editor.org/rfc/rfc4287
Read by feedparser, which forgives much; a Google Alerts address needs no login, so every address is kept as a secret.
"""

from datetime import timedelta
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from repmon.connector import Connector, Http, Item, Items, Secret, SiteReview
from repmon_connectors._entries import identified, plain
from repmon_connectors._feed import moment, parsed

MOST_ENTRIES = 1_000


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
        feed = parsed(http.get(self.url.get_secret_value()), http)
        entries = feed.entries
        if not entries:
            http.note("feed_empty")
        if len(entries) > MOST_ENTRIES:
            http.note("feed_cut", entries=len(entries), limit=MOST_ENTRIES)
        home = feed.feed.get("link") or ""
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
            written_at=moment(item["published"] or item["updated"]),
            edited_at=moment(item["updated"]) if item["updated"] != item["published"] else None,
        )
