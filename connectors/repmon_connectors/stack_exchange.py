"""Stack Exchange: questions that name you, on Stack Overflow or any other of its sites.

Terms: https://stackoverflow.com/legal/api-terms-of-use (texts are CC BY-SA: name author and link when passing them on)
Documentation: https://api.stackexchange.com/docs/advanced-search
"""

from datetime import UTC, datetime, timedelta
from html import unescape

from pydantic import Field

from repmon.connector import Http, Item, Items, Secret, SiteReview
from repmon_connectors._words import Search, phrase

PAGE_SIZE = 100
LAST_PAGE = 25  # pages beyond need a key, and so many questions about one name are no mentions any more


class StackExchange(Search):
    """Questions on a Stack Exchange site that name you: mentions, without stars."""

    order = "newest"
    window = "2,500 newest a name"
    min_every = timedelta(minutes=30)
    calls_per_day = 300
    calls_per_second = 1.0
    terms = "https://stackoverflow.com/legal/api-terms-of-use"

    site: str = Field("stackoverflow", pattern="^[a-z0-9.-]+$", description="Which site, as its address begins.")
    key: Secret | None = Field(None, description="An app key raises the daily quota; none is needed.")
    base_url: str = Field("https://api.stackexchange.com/2.3", description="Where the API is asked.")

    def items(self, http: Http, listing: str) -> Items:
        """Read the questions for one name, newest first. The site may ask for patience inside a good answer."""
        for page in range(1, LAST_PAGE + 1):
            params: dict[str, str | int] = {
                "site": self.site, "q": phrase(listing), "order": "desc", "sort": "creation", "page": page,
                "pagesize": PAGE_SIZE, "filter": "withbody",
            }  # fmt: skip
            if self.key:
                params["key"] = self.key.get_secret_value()
            answer = http.get(f"{self.base_url.rstrip('/')}/search/advanced", params=params).json()
            questions = answer["items"]
            yield from self.mentions(http, listing, questions, "title", "body", first=page == 1)
            if not answer["has_more"] or not questions:
                return
            if answer.get("backoff"):
                http.rest(answer["backoff"] + 1.0)

    def review(self, item: Item) -> SiteReview:
        """One question; titles and names are HTML-escaped once."""
        owner = item.get("owner") or {}
        edited = item.get("last_edit_date")
        return SiteReview(
            id=item["question_id"],
            kind="mention",
            title=unescape(item["title"]),
            text=item.get("body") or "",
            author=unescape(owner.get("display_name") or "") or None,
            url=item.get("link"),
            written_at=datetime.fromtimestamp(item["creation_date"], UTC),
            edited_at=datetime.fromtimestamp(edited, UTC) if edited else None,
        )
