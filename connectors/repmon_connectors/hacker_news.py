"""Hacker News: stories and comments that name you.

Terms: https://www.ycombinator.com/legal/
Documentation: https://hn.algolia.com/api (the search is Algolia's; no key)
"""

from datetime import timedelta

from pydantic import Field

from repmon.connector import Http, Item, Items, SiteReview
from repmon_connectors._words import Search, phrase

PAGE_SIZE = 100


class HackerNews(Search):
    """Stories and comments on Hacker News that name you: mentions, without stars."""

    order = "newest"
    window = "1,000 newest a name"
    min_every = timedelta(minutes=10)
    calls_per_second = 1.0
    terms = "https://www.ycombinator.com/legal/"

    base_url: str = Field("https://hn.algolia.com/api/v1", description="Where the search is asked.")

    def items(self, http: Http, listing: str) -> Items:
        """Read the hits for one name, newest first."""
        page = 0
        while True:
            params: dict[str, str | int] = {
                "query": phrase(listing), "tags": "(story,comment)", "hitsPerPage": PAGE_SIZE, "page": page,
                "typoTolerance": "false",
            }  # fmt: skip
            answer = http.get(f"{self.base_url.rstrip('/')}/search_by_date", params=params).json()
            hits = answer["hits"]
            yield from (hit for hit in hits if self.names_us(hit, "title", "story_text", "comment_text", "url"))
            page += 1
            if not hits or page >= answer["nbPages"]:
                if page == 1 and not hits:
                    http.note("search_found_nothing", name=listing)
                return

    def review(self, item: Item) -> SiteReview:
        """One story or comment; its text is HTML."""
        return SiteReview(
            id=item["objectID"],
            kind="mention",
            title=item.get("title") or item.get("story_title"),
            text=item.get("comment_text") or item.get("story_text") or "",
            author=item.get("author"),
            url=f"https://news.ycombinator.com/item?id={item['objectID']}",
            written_at=item["created_at"],
        )
