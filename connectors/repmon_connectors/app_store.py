"""App Store: Apple's public feed of an app's customer reviews.

Terms: https://www.apple.com/legal/internet-services/itunes/
The feed needs no key and is not documented any more; its shape is known from recorded answers.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from repmon.connector import Connector, Http, Item, Items, SiteReview

Country = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[A-Za-z]{2}$")]
LAST_PAGE = 10  # page 11 is answered with an error in plain text


class AppStore(Connector):
    """One app in one or more countries of Apple's App Store. Reads 500 reviews a country; replies are not shown."""

    # Nobody says whether an edited review moves to the top. "newest" is right either way and costs a daily look back.
    order = "newest"
    window = "500 newest a country"
    min_every = timedelta(minutes=15)
    calls_per_second = 1.0
    terms = "https://www.apple.com/legal/internet-services/itunes/"

    app_id: str = Field(
        coerce_numbers_to_str=True, pattern=r"^\d+$", description="The digits after `id` in its address."
    )
    countries: list[Country] = Field(["us"], min_length=1, description="Two-letter codes of the stores to read.")
    base_url: str = Field("https://itunes.apple.com", description="Where Apple's feed is asked.")

    def listings(self) -> Sequence[str]:
        """One for each country."""
        return list(dict.fromkeys(self.countries))

    def items(self, http: Http, listing: str) -> Items:
        """Read the entries of pages 1 to 10, newest first, until a page is empty; pages may be short before that."""
        for page in range(1, LAST_PAGE + 1):
            path = f"{listing}/rss/customerreviews/page={page}/id={self.app_id}/sortby=mostrecent/json"
            entries = _entries(http.get(f"{self.base_url.rstrip('/')}/{path}").json()["feed"])
            if not entries:
                if page == 1:
                    http.note("app_store_no_entries", country=listing)
                return
            # Old feeds put the app itself first; a review that has lost its rating is not skipped but set aside.
            yield from (
                one for one in entries if not isinstance(one, dict) or "im:rating" in one or "im:name" not in one
            )

    def review(self, item: Item) -> SiteReview:
        """One entry; everything in it is a text inside `{"label": …}`."""
        return SiteReview(
            id=item["id"]["label"],
            rating=item["im:rating"]["label"],
            title=_label(item, "title"),
            text=_label(item, "content"),
            author=_label(item.get("author") or {}, "name"),
            url=_href(item.get("link")),
            written_at=_label(item, "updated"),
        )


def _entries(feed: Item) -> Item:
    """No entries: the key is absent. One entry: it may stand alone instead of in a list."""
    return [entries] if isinstance(entries := feed.get("entry", []), dict) else entries


def _label(entry: Item, key: str) -> str | None:
    found: str | None = (entry.get(key) or {}).get("label")
    return found


def _href(link: Item) -> str | None:
    first = link[0] if isinstance(link, list) and link else link
    found: str | None = ((first or {}).get("attributes") or {}).get("href")
    return found
