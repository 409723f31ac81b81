"""schema.org: the reviews that pages of one's own website show, as they are marked up for search engines.

Documentation: https://schema.org/Review and https://json-ld.org; for one's own pages only.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urljoin, urlsplit

from pydantic import AfterValidator, Field

from repmon.connector import Answer, Connector, Http, Item, Items, SiteReview, SourceChanged
from repmon_connectors._cells import answer, moment, number
from repmon_connectors._jsonld import identified, parsed, reviews
from repmon_connectors._mapping import Zone
from repmon_connectors._markup import Markup

LARGEST = 5 * 2**20
STARS = 5.0
_OTHERS = re.compile(
    r"(^|\.)((google|yelp|tripadvisor|trustpilot|facebook|booking)\.[a-z]{2,3}(\.[a-z]{2})?|judge\.me)$"
)
"""Sites whose terms forbid that their pages are read."""


def _own_site(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an http or https address")
    if _OTHERS.search(parts.hostname.lower()):
        raise ValueError("is a review site, whose pages may not be read; it has a connector of its own, or none")
    return given


class SchemaOrg(Connector):
    """Pages of your own website that show reviews with schema.org markup (JSON-LD or microdata)."""

    window = "what the page shows"
    min_every = timedelta(hours=1)
    calls_per_second = 0.5

    url: Annotated[str, AfterValidator(_own_site)] = Field(description="The website, `https://aurora.example`.")
    pages: list[str] = Field([""], min_length=1, description="The pages with reviews, as paths: `/reviews`.")
    time_zone: Zone = Field("UTC", description="Of dates that carry no zone, as an IANA name.")

    def listings(self) -> Sequence[str]:
        """Each page by itself."""
        return self.pages

    def items(self, http: Http, listing: str) -> Items:
        """Read the reviews of one page, JSON-LD first: a page with both says the same in both."""
        page = http.get(urljoin(self.url, listing))
        markup = _read(page)
        trees = [parsed(block) for block in markup.blocks]
        if None in trees:
            http.note("schema_block_unreadable", blocks=trees.count(None))
        if "\ufffd" in page.text():
            http.note("schema_recoded")
        found = list(reviews(trees)) or list(reviews(markup.items))
        if not found:
            if not any(trees) and not markup.items:
                raise SourceChanged("schema_nothing", page=listing or "/")
            http.note("schema_no_reviews", page=listing or "/")
        yield from identified(found, page.url)

    def review(self, item: Item) -> SiteReview:
        """One review; a figure whose scale is not known is no rating."""
        said = {field: answer(value) for field, value in item.items()}
        best, rating = number(said["best"], {}), number(said["rating"], {})
        known = best is not None or (rating or 0) <= STARS
        return SiteReview(
            id=said["id"],
            text=said["text"],
            title=said["title"],
            rating=rating if known else None,
            out_of=STARS if best is None else best,
            author=said["author"],
            url=said["url"],
            language=said["language"],
            written_at=_when(said["date"], self.time_zone),
        )


def _read(page: Answer) -> Markup:
    if len(page.content) > LARGEST:
        raise SourceChanged("schema_too_large", limit=LARGEST)
    markup = Markup()
    markup.feed(page.text())
    markup.close()
    if markup.cut:
        raise SourceChanged("schema_cut")
    return markup


def _when(said: Any, zone: str) -> datetime | None:
    """A date in words is none: nobody knows how this page writes them."""
    with suppress(ValueError):
        return moment(said, "", zone)
    return None
