"""Reddit: posts that name you.

Terms: https://support.reddithelp.com/hc/en-us/articles/16160319875092 (what is deleted there must be deleted here)
Documentation: https://www.reddit.com/dev/api#GET_search; a client of one's own has to be registered with Reddit.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import Field

from repmon.connector import ClientCredentials, Http, Item, Items, ReviewKey, Secret, SiteReview
from repmon_connectors._next import once
from repmon_connectors._words import Search, phrase

PAGE_SIZE, LAST_PAGE, LOOKED_UP = 100, 10, 100
GONE, SAID = {"[deleted]", "[removed]"}, ("title", "selftext", "url")


class Reddit(Search):
    """Posts that name you, on all of Reddit or in some communities; comments are not searched."""

    window = "1,000 newest a name"  # and `order` is any: the search lags and is not complete
    min_every = timedelta(minutes=10)
    calls_per_second = 1.0
    recheck_every = timedelta(hours=48)
    forget_removed = True
    terms = "https://support.reddithelp.com/hc/en-us/articles/16160319875092"

    client_id: str = Field(min_length=1, description="Of your app, from reddit.com/prefs/apps.")
    client_secret: Secret = Field(description="Of the same app.")
    user_agent: str = Field(min_length=8, description="Who asks, as Reddit wants it: `server:repmon:1 (by /u/you)`.")
    communities: list[str] = Field([], description="Without r/; none means all of Reddit.")
    base_url: str = Field("https://oauth.reddit.com", description="Where Reddit's API is asked.")
    token_url: str = Field("https://www.reddit.com/api/v1/access_token", description="Where access is asked for.")

    def items(self, http: Http, listing: str) -> Items:
        """Read the posts for one name, as new as the search has them."""
        where = f"r/{'+'.join(self.communities)}/search" if self.communities else "search"
        params: dict[str, str | int] = {"q": phrase(listing), "sort": "new", "limit": PAGE_SIZE, "type": "link",
                                        "raw_json": 1, "restrict_sr": str(bool(self.communities)).lower()}  # fmt: skip
        seen = set[str]()
        for page in range(LAST_PAGE):
            found = self._listing(http, where, params)
            yield from self.mentions(http, listing, found["children"], *SAID, first=not page, inside="data")
            if not found.get("after"):
                return
            params["after"] = once(found["after"], seen)

    def review(self, item: Item) -> SiteReview:
        """One post; a deleted author has no name."""
        post = item["data"]
        author, edited = post.get("author"), post.get("edited")
        return SiteReview(
            id=post["name"],
            kind="mention",
            title=post["title"],
            text=post.get("selftext") or "",
            author=None if author in GONE else author,
            url=f"https://www.reddit.com{post['permalink']}" if post.get("permalink") else None,
            written_at=datetime.fromtimestamp(post["created_utc"], UTC),
            edited_at=datetime.fromtimestamp(edited, UTC) if edited else None,
        )

    def recheck(self, http: Http, keys: Sequence[ReviewKey]) -> Items:
        """Look posts up, a hundred in one call; those that were deleted or removed are not among them."""
        for start in range(0, len(keys), LOOKED_UP):
            ids = ",".join(key.id for key in keys[start : start + LOOKED_UP])
            for post in self._listing(http, "api/info", {"id": ids, "raw_json": 1})["children"]:
                if post["data"].get("selftext") not in GONE and not post["data"].get("removed_by_category"):
                    yield post

    def _listing(self, http: Http, path: str, params: dict[str, str | int]) -> Any:
        auth = ClientCredentials(self.token_url, self.client_id, self.client_secret)
        url = f"{self.base_url.rstrip('/')}/{path}"
        return http.get(url, params=params, headers={"user-agent": self.user_agent}, auth=auth).json()["data"]
