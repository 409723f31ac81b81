"""Trustpilot: the service reviews of a company.

Terms: https://legal.trustpilot.com/
Documentation: https://developers.trustpilot.com/service-reviews-api
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from repmon.connector import (
    ClientCredentials,
    Connector,
    Http,
    Item,
    Items,
    Reply,
    ReplyLimit,
    ReviewKey,
    Secret,
    SiteReview,
    SourceRefused,
)  # fmt: skip

HexId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{24}$")]

PAGE_SIZE = 100  # the most Trustpilot gives


class Trustpilot(Connector):
    """All service reviews of one business unit on Trustpilot, by key or by login; replies need the login."""

    order = "newest"
    complete = True
    min_every = timedelta(minutes=15)
    calls_per_second = 1.0
    timezone = "UTC"
    sees_replies = True
    reply = ReplyLimit(2000)  # Trustpilot publishes no limit; nobody reads more
    terms = "https://legal.trustpilot.com/"

    business_unit: HexId = Field(description="The id of your business unit, 24 letters and digits.")
    api_key: Secret = Field(description="Of your application, from Trustpilot Business, Integrations, API.")
    api_secret: Secret = Field(Secret(""), description="Beside the key: reads the private list; needed for replies.")
    business_user: HexId | Literal[""] = Field("", description="The id of the person who replies; needed for replies.")
    base_url: str = Field("https://api.trustpilot.com/v1", description="Where Trustpilot is asked.")
    token_url: str = Field(
        "https://api.trustpilot.com/v1/oauth/oauth-business-users-for-applications/accesstoken",
        description="Where access tokens are asked for.",
    )

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - a business unit is one listing
        """Read the reviews, newest first, until a page is empty."""
        path = ("business-units", self.business_unit, "reviews")
        url, login = (self._url("private", *path), self._login) if self.api_secret else (self._url(*path), self._key)
        page = 0
        while True:
            page += 1
            params: dict[str, str | int] = {"perPage": PAGE_SIZE, "page": page, "orderBy": "createdat.desc"}
            reviews = http.get(url, params=params, **login).json()["reviews"]
            yield from reviews
            if not reviews:
                if page == 1:
                    http.note("trustpilot_no_reviews")
                return

    def review(self, item: Item) -> SiteReview:
        """One review; a title that is only how the text begins is none."""
        text, title = item.get("text") or "", item.get("title") or ""
        written, updated = item["createdAt"], item.get("updatedAt")
        return SiteReview(
            id=item["id"],
            rating=item["stars"],
            title=title if not text.startswith(title.removesuffix("…")) else None,
            text=text,
            language=item.get("language"),
            author=(item.get("consumer") or {}).get("displayName"),
            url=f"https://www.trustpilot.com/reviews/{item['id']}",
            written_at=written,
            edited_at=updated if updated != written else None,
            reply=_reply(item.get("companyReply")),
        )

    def recheck(self, http: Http, keys: Sequence[ReviewKey]) -> Items:
        """Ask about each review by itself, as everybody may."""
        for key in keys:
            yield http.get(self._url("reviews", key.id), **self._key).json()

    def post_reply(self, http: Http, key: ReviewKey, text: str) -> None:
        """Post the reply in the name of the business user."""
        words = {"authorBusinessUserId": self.business_user, "message": text}
        http.post(self._url("private", "reviews", key.id, "reply"), json=words, **self._replying)

    def delete_reply(self, http: Http, key: ReviewKey) -> None:
        """Take the reply down."""
        http.delete(self._url("private", "reviews", key.id, "reply"), **self._replying)

    @property
    def _key(self) -> dict[str, Any]:
        return {"headers": {"apikey": self.api_key.get_secret_value()}}

    @property
    def _login(self) -> dict[str, Any]:
        auth = ClientCredentials(self.token_url, self.api_key.get_secret_value(), self.api_secret)
        return {"headers": {"x-business-user-id": self.business_user} if self.business_user else {}, "auth": auth}

    @property
    def _replying(self) -> dict[str, Any]:
        if not (self.api_secret and self.business_user):
            raise SourceRefused("trustpilot_no_login")
        return self._login

    def _url(self, *path: str) -> str:
        return "/".join((self.base_url.rstrip("/"), *path))


def _reply(given: Item) -> Reply | None:
    return Reply(text=given["text"], at=given.get("createdAt")) if given else None
