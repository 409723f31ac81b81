"""Google Business Profile: every review of the locations one manages.

Terms: https://developers.google.com/my-business/content/policies
Documentation: https://developers.google.com/my-business/reference/rest/v4/accounts.locations.reviews
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from repmon.connector import Http, Item, Items, ItemUnreadable, Reply, ReplyLimit, ReviewKey, SiteReview, SourceChanged
from repmon_connectors._google import Managed
from repmon_connectors._next import once

Number = Annotated[str, Field(coerce_numbers_to_str=True, min_length=1)]

STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5, "STAR_RATING_UNSPECIFIED": None}
LIST_KEYS = {"reviews", "averageRating", "totalReviewCount", "nextPageToken"}
PAGE_SIZE = 50  # the most Google gives


class GoogleBusinessProfile(Managed):
    """One or more locations of a Google Business Profile account; needs a project approved for Google's API."""

    order = "changed"
    complete = True
    min_every = timedelta(minutes=5)  # 300 requests a minute are allowed, and a place is one or two
    sees_replies = True
    reply = ReplyLimit(4096, "bytes")
    reply_states = {"APPROVED": "shown", "PENDING": "waiting", "REJECTED": "rejected"}  # noqa: RUF012 - a declaration
    terms = "https://developers.google.com/my-business/content/policies"

    account: Number = Field(description="The account's number, or `-`.")
    location: Number | Annotated[list[Number], Field(min_length=1)] = Field(description="Its number, or several.")

    def listings(self) -> Sequence[str]:
        """One for each location, as `locations/…`."""
        numbers = [self.location] if isinstance(self.location, str) else self.location
        return list(dict.fromkeys(f"locations/{number.rpartition('/')[2]}" for number in numbers))

    def items(self, http: Http, listing: str) -> Items:
        """Read the location's reviews, latest updated first; an empty page with a token is not the end."""
        url, auth = self._url(listing), self.auth
        params: dict[str, str | int] = {"pageSize": PAGE_SIZE, "orderBy": "updateTime desc"}
        tokens: set[str] = set()
        while True:
            page = http.get(url, params=params, auth=auth).json()
            if page == {}:
                http.note("google_no_reviews", location=listing)
            elif not LIST_KEYS & page.keys():
                raise SourceChanged("google_unknown_answer", keys=", ".join(sorted(page)))
            yield from page.get("reviews", [])
            token = page.get("nextPageToken")
            if not token:
                return
            params["pageToken"] = once(token, tokens)

    def review(self, item: Item) -> SiteReview:
        """One review; a rating without words has no comment at all."""
        stars = item.get("starRating", "STAR_RATING_UNSPECIFIED")
        if stars not in STARS:
            raise ItemUnreadable("starRating")
        reviewer = item.get("reviewer") or {}
        written, updated = item["createTime"], item.get("updateTime")
        return SiteReview(
            id=item["reviewId"],
            place="/".join(item["name"].split("/")[2:4]),  # the account before it is not stable: `accounts/-` occurs
            rating=STARS[stars],
            text=item.get("comment"),
            author=None if reviewer.get("isAnonymous") else reviewer.get("displayName"),
            written_at=written,
            edited_at=updated if updated != written else None,
            reply=_reply(item.get("reviewReply")),
        )

    def recheck(self, http: Http, keys: Sequence[ReviewKey]) -> Items:
        """Ask about each review by itself."""
        for key in keys:
            yield http.get(self._url(key.place, key.id), auth=self.auth).json()

    def post_reply(self, http: Http, key: ReviewKey, text: str) -> Reply | None:
        """Put the reply; Google replaces one that is there, so the core has looked before."""
        return _reply(http.put(self._url(key.place, key.id, "reply"), json={"comment": text}, auth=self.auth).json())

    def delete_reply(self, http: Http, key: ReviewKey) -> None:
        """Take the reply down."""
        http.delete(self._url(key.place, key.id, "reply"), auth=self.auth)

    def _url(self, place: str, *rest: str) -> str:
        account = self.account.rpartition("/")[2]
        return "/".join((self.base_url.rstrip("/"), "accounts", account, place, "reviews", *rest))


def _reply(given: Item) -> Reply | None:
    return given and Reply(text=given.get("comment") or "", at=given.get("updateTime"),
                           state=given.get("reviewReplyState"), reason=given.get("policyViolation"))  # fmt: skip
