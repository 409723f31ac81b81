"""Bluesky: posts that name you.

Terms: https://bsky.social/about/support/tos
Documentation: https://docs.bsky.app/docs/api/app-bsky-feed-search-posts; searching needs an account.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from pydantic import Field

from repmon.connector import Http, Item, Items, Login, ReviewKey, Secret, SiteReview
from repmon_connectors._next import once
from repmon_connectors._words import Search, phrase

PAGE_SIZE, LAST_PAGE, LOOKED_UP = 100, 10, 25


class Bluesky(Search):
    """Posts on Bluesky that name you; posts cannot be edited there."""

    window = "1,000 newest a name"  # `order` is any: the time in a post is what its writer's program claims
    min_every = timedelta(minutes=10)
    calls_per_second = 1.0
    recheck_every = timedelta(hours=48)
    forget_removed = True
    terms = "https://bsky.social/about/support/tos"

    handle: str = Field(min_length=3, description="Of your account, such as `you.bsky.social`.")
    app_password: Secret = Field(description="From Settings, App passwords; never the password itself.")
    base_url: str = Field("https://bsky.social", description="The server your account lives on.")

    def items(self, http: Http, listing: str) -> Items:
        """Read the posts for one name, latest first."""
        params: dict[str, str | int] = {"q": phrase(listing), "sort": "latest", "limit": PAGE_SIZE}
        seen = set[str]()
        for page in range(LAST_PAGE):
            answer = self._ask(http, "app.bsky.feed.searchPosts", params)
            posts = answer["posts"]
            yield from self.mentions(http, listing, posts, "text", first=not page, inside="record")
            cursor = answer.get("cursor")
            if not cursor or not posts:
                return
            params["cursor"] = once(cursor, seen)

    def review(self, item: Item) -> SiteReview:
        """One post. What its writer's program put into it may lack anything; the server's time is the one to trust."""
        record, author = item["record"], item.get("author") or {}
        return SiteReview(
            id=item["uri"],
            kind="mention",
            text=record.get("text") or "",
            author=author.get("displayName") or author.get("handle"),
            url=_page_of(item["uri"]),
            language=(record.get("langs") or [None])[0],
            written_at=item["indexedAt"],
        )

    def recheck(self, http: Http, keys: Sequence[ReviewKey]) -> Items:
        """Look posts up, 25 in one call; deleted ones are left out of the answer."""
        for start in range(0, len(keys), LOOKED_UP):
            uris = "&".join(f"uris={quote(key.id, safe='')}" for key in keys[start : start + LOOKED_UP])
            yield from self._ask(http, f"app.bsky.feed.getPosts?{uris}", None)["posts"]

    def _ask(self, http: Http, method: str, params: dict[str, str | int] | None) -> Any:
        server = f"{self.base_url.rstrip('/')}/xrpc"
        login = Login(f"{server}/com.atproto.server.createSession", self.handle, self.app_password,
                      refresh_url=f"{server}/com.atproto.server.refreshSession")  # fmt: skip
        return http.get(f"{server}/{method}", params=params, auth=login).json()


def _page_of(uri: str) -> str | None:
    """`at://did:…/app.bsky.feed.post/key` as a page for people."""
    parts = uri.removeprefix("at://").split("/")
    return f"https://bsky.app/profile/{parts[0]}/post/{parts[2]}" if len(parts) == 3 else None  # noqa: PLR2004 - as above
