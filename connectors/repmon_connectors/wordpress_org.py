"""WordPress.org: what users write about a plugin or a theme.

Terms: https://wordpress.org/about/privacy/
The feed of reviews is public and not documented; its shape is known from the site's own source and from clients.
"""

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import feedparser
from pydantic import Field, StringConstraints

from repmon.connector import Connector, Http, Item, Items, SiteReview, SourceChanged
from repmon_connectors._entries import identified, plain

_PARAGRAPH = re.compile(r"<p>(?P<inside>.*?)</p>", re.DOTALL)
_RATING = re.compile(r"\s*[^\d<]{1,30}:\s*(?P<stars>[1-5])\s[^\d<]{1,30}")
_REPLIES = re.compile(r"\s*[^\d<]{1,30}:\s*\d+\s*")
_TITLE = re.compile(r"\s*\((?P<stars>[1-5])\s[^\d()]{1,20}\)\s*$")
LARGEST = 5 * 2**20
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)


class WordPressOrg(Connector):
    """The newest 30 reviews of one plugin or theme; edits are noticed by their words. Replies are forum posts there."""

    window = "about 30 newest"
    min_every = timedelta(hours=1)
    calls_per_second = 1.0
    terms = "https://wordpress.org/about/privacy/"

    slug: Annotated[str, StringConstraints(pattern="^[a-z0-9-]+$")] = Field(
        description="The last part of its address: `akismet` of wordpress.org/plugins/akismet/."
    )
    kind: Literal["plugin", "theme"] = Field("plugin", description="What it is.")
    base_url: str = Field("https://wordpress.org", description="Where the feed is asked.")

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - one feed
        """Read the one page there is, newest first."""
        content = http.get(f"{self.base_url.rstrip('/')}/support/{self.kind}/{self.slug}/reviews/feed/").content
        if len(content) > LARGEST or b"<!ENTITY" in content:
            raise SourceChanged("feed_entities" if len(content) <= LARGEST else "feed_too_large", limit=LARGEST)
        parsed: Any = feedparser.parse(io.BytesIO(content), response_headers={"content-type": "application/xml"})
        if not parsed.version:
            raise SourceChanged("feed_none")
        if parsed.bozo and not isinstance(parsed.bozo_exception, _HARMLESS):
            http.note("feed_damaged")
        if not parsed.entries:
            http.note("wordpress_no_reviews", slug=self.slug)
        yield from identified([plain(entry, "") for entry in parsed.entries])

    def review(self, item: Item) -> SiteReview:
        """One review; its stars stand in a paragraph of their own and in the title, in the site's language."""
        rating, text = _unwrapped(item["text"] or "")
        titled = _TITLE.search(item["title"] or "")
        return SiteReview(
            id=item["id"],
            rating=rating or (float(titled["stars"]) if titled else None),
            title=_TITLE.sub("", item["title"] or ""),
            text=text,
            author=item["author"],
            url=item["link"],
            written_at=_moment(item["published"]),
        )


def _moment(six: list[int] | None) -> datetime | None:
    return datetime(*six, tzinfo=UTC) if six else None  # type: ignore[arg-type, misc]


def _unwrapped(html: str) -> tuple[float | None, str]:
    """Take off what the site puts before a review: how many replies there are, and the stars."""
    rating = None
    while found := _PARAGRAPH.match(html.lstrip()):
        stars, replies = _RATING.fullmatch(found["inside"]), _REPLIES.fullmatch(found["inside"])
        if not (stars or replies):
            break
        rating = float(stars["stars"]) if stars else rating
        html = html.lstrip()[found.end() :]
        if stars:
            break
    return rating, html
