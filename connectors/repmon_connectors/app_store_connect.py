"""App Store Connect: every review of one's own app, in all countries, and replies to them.

Terms: https://developer.apple.com/support/terms/
Documentation: https://developer.apple.com/documentation/appstoreconnectapi/customer-reviews
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from pydantic import Field

from repmon.connector import (
    Connector,
    Http,
    Item,
    Items,
    Reply,
    ReplyLimit,
    ReviewKey,
    Secret,
    SignedToken,
    SiteReview,
)  # fmt: skip
from repmon_connectors._next import next_link, once

PAGE_SIZE, RESPONSES = 200, "customerReviewResponses"  # 200 is the most Apple gives


class AppStoreConnect(Connector):
    """All reviews of one app of your own on Apple's App Store, with your replies to them."""

    # Reviews carry no time of an edit, so nobody can say that an edited one moves up.
    order = "newest"
    complete = True
    min_every = timedelta(minutes=5)
    calls_per_second = 0.9  # Apple allows 3,500 an hour
    sees_replies = True
    reply = ReplyLimit(5970)
    reply_states = {"PUBLISHED": "shown", "PENDING_PUBLISH": "waiting"}  # noqa: RUF012 - a declaration
    terms = "https://developer.apple.com/support/terms/"

    app_id: str = Field(coerce_numbers_to_str=True, pattern=r"^\d+$", description="The number in the App Store link.")
    key_id: str = Field(min_length=1, description="Of the API key, ten letters and digits.")
    issuer_id: str = Field("", description="Shown above the list of team keys; leave it out for an individual key.")
    private_key: Secret = Field(description="What is in the `.p8` file that came with the key.")
    base_url: str = Field("https://api.appstoreconnect.apple.com", description="Where Apple is asked.")

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - an app is one listing
        """Read the reviews, newest first, each with the reply to it, until no page follows."""
        params: dict[str, str | int] | None = {"sort": "-createdDate", "limit": PAGE_SIZE, "include": "response"}
        url, seen = self._url("apps", self.app_id, "customerReviews"), set[str]()
        while True:
            page = http.get(url, params=params, auth=self._auth).json()
            yield from _with_replies(page["data"], page)
            if not page["data"] and not seen:
                http.note("app_store_connect_no_reviews", app=self.app_id)
            link = page["links"].get("next")
            if not link:
                return
            url, params = once(next_link(url, link), seen), None

    def review(self, item: Item) -> SiteReview:
        """One review; an edit shows by its words and stars alone."""
        said = item["attributes"]
        return SiteReview(
            id=item["id"],
            rating=said.get("rating"),
            title=said.get("title"),
            text=said.get("body"),
            author=said.get("reviewerNickname"),
            written_at=said["createdDate"],
            reply=_reply(item.get("reply")),
        )

    def recheck(self, http: Http, keys: Sequence[ReviewKey]) -> Items:
        """Ask about each review by itself."""
        for key in keys:
            url = self._url("customerReviews", key.id)
            page = http.get(url, params={"include": "response"}, auth=self._auth).json()
            yield from _with_replies([page["data"]], page)

    def post_reply(self, http: Http, key: ReviewKey, text: str) -> Reply | None:
        """Post the reply; Apple replaces one that is there, so the core has looked before."""
        review = {"data": {"type": "customerReviews", "id": key.id}}
        said = {"type": RESPONSES, "attributes": {"responseBody": text}, "relationships": {"review": review}}
        return _reply(http.post(self._url(RESPONSES), json={"data": said}, auth=self._auth).json()["data"])

    def delete_reply(self, http: Http, key: ReviewKey) -> None:
        """Take the reply down; it has an id of its own, which is asked for before."""
        shown = http.get(self._url("customerReviews", key.id, "response"), auth=self._auth).json()
        http.delete(self._url(RESPONSES, shown["data"]["id"]), auth=self._auth)

    @property
    def _auth(self) -> SignedToken:
        whose = ("iss", self.issuer_id) if self.issuer_id else ("sub", "user")
        return SignedToken("ES256", self.private_key, self.key_id, (whose, ("aud", "appstoreconnect-v1")),
                           timedelta(minutes=15))  # fmt: skip

    def _url(self, *path: str) -> str:
        return "/".join((self.base_url.rstrip("/"), "v1", *path))


def _with_replies(reviews: Sequence[Item], page: Item) -> Iterator[Item]:
    """Put each reply, which stands apart in the answer, into its review as `reply`."""
    replies: Mapping[str, Item] = {each["id"]: each for each in page.get("included", []) if each["type"] == RESPONSES}
    for review in reviews:
        match review:
            case {"relationships": {"response": {"data": {"id": str(known)}}}} if known in replies:
                yield {**review, "reply": replies[known]}
            case _:
                yield review


def _reply(given: Item) -> Reply | None:
    said = given["attributes"] if given else {}
    return Reply(text=said["responseBody"], at=said.get("lastModifiedDate"), state=said.get("state")) if said else None
