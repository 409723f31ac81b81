"""Mastodon: posts that name you, as one server of the network sees them.

Terms: each server has its own; https://docs.joinmastodon.org/
Documentation: https://docs.joinmastodon.org/methods/search/ and …/methods/timelines/#tag
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from pydantic import Field

from repmon.connector import Http, Item, Items, ReviewKey, Secret, SiteReview, SourceChanged
from repmon_connectors._next import next_link
from repmon_connectors._words import Search, phrase

TAG_PAGE, SEARCH_PAGE, LAST_PAGE = 40, 20, 25
_NEXT = re.compile(r'<([^>]+)>;\s*rel="?next"?')


class Mastodon(Search):
    """Posts that name you on one Mastodon server, by its full-text search or under hashtags."""

    window = "what the server knows: 500 newest of a search, 1,000 under a hashtag"
    min_every = timedelta(minutes=5)
    calls_per_second = 1.0
    recheck_every = timedelta(hours=48)
    forget_removed = True
    terms = "https://docs.joinmastodon.org/"

    # Needed even for hashtags: without it the server looks nothing up, and posts that are still there would seem gone.
    token: Secret = Field(description="Of an app of yours on that server, with the scope `read`.")
    base_url: str = Field("https://mastodon.social", description="The server that is asked.")

    def items(self, http: Http, listing: str) -> Items:
        """Read the posts for one name; a name that begins with # is a hashtag, every other one is searched for."""
        posts = self._tagged(http, listing[1:]) if listing.startswith("#") else self._found(http, listing)
        for post in posts:
            if listing.startswith("#") or self.names_us(post, "content", "spoiler_text"):
                yield post

    def review(self, item: Item) -> SiteReview:
        """One post, known by the address that is the same on every server; its text is HTML."""
        account = item["account"]
        return SiteReview(
            id=item["uri"],
            kind="mention",
            title=item.get("spoiler_text") or None,
            text=item["content"],
            author=account.get("display_name") or account.get("acct"),
            url=item.get("url"),
            language=item.get("language"),
            written_at=item["created_at"],
            edited_at=item.get("edited_at"),
        )

    def recheck(self, http: Http, keys: Sequence[ReviewKey]) -> Items:
        """Ask the server to look each post up by its address; one it does not find is gone."""
        for key in keys:
            params = {"q": key.id, "type": "statuses", "resolve": "true", "limit": 1}
            yield from self._page(http, "api/v2/search", params)["statuses"]

    def _found(self, http: Http, name: str) -> Items:
        for page in range(LAST_PAGE):
            params = {"q": phrase(name), "type": "statuses", "limit": SEARCH_PAGE, "offset": page * SEARCH_PAGE}
            posts = self._page(http, "api/v2/search", params)["statuses"]
            if not page and not posts:
                http.note("search_found_nothing", name=name)
            yield from posts
            if len(posts) < SEARCH_PAGE:
                return

    def _tagged(self, http: Http, tag: str) -> Items:
        url, params = f"{self.base_url.rstrip('/')}/api/v1/timelines/tag/{tag}", {"limit": TAG_PAGE}
        for page in range(LAST_PAGE):
            answer = http.get(url, params=params, headers=self._headers)
            posts = answer.json()
            if not isinstance(posts, list):
                raise SourceChanged("mastodon_no_list")
            if not page and not posts:
                http.note("search_found_nothing", name=f"#{tag}")
            yield from posts
            link = _NEXT.search(answer.headers.get("link", ""))
            if not posts or not link:
                return
            url, params = next_link(url, link[1]), {}

    def _page(self, http: Http, path: str, params: dict[str, Any]) -> Any:
        return http.get(f"{self.base_url.rstrip('/')}/{path}", params=params, headers=self._headers).json()

    @property
    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token.get_secret_value()}"}
