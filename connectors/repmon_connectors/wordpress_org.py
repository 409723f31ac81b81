"""WordPress.org: what users write about a plugin or a theme.

Terms: https://wordpress.org/about/privacy/
The feed of reviews is public and not documented; its shape is known from the site's own source and from clients.
"""

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from repmon.connector import Connector, Http, Item, Items, SiteReview
from repmon_connectors._entries import identified, plain
from repmon_connectors._feed import moment, parsed

_PARAGRAPH = re.compile(r"<p>(?P<inside>.*?)</p>", re.DOTALL)
_RATING = re.compile(r"\s*[^\d<]{1,30}:\s*(?P<stars>[1-5])\s[^\d<]{1,30}")
_REPLIES = re.compile(r"\s*[^\d<]{1,30}:\s*\d+\s*")
_TITLE = re.compile(r"\s*\((?P<stars>[1-5])\s[^\d()]{1,20}\)\s*$")


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
        url = f"{self.base_url.rstrip('/')}/support/{self.kind}/{self.slug}/reviews/feed/"
        entries = parsed(http.get(url), http).entries
        if not entries:
            http.note("wordpress_no_reviews", slug=self.slug)
        yield from identified([plain(entry, "") for entry in entries])

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
            written_at=moment(item["published"]),
        )


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
