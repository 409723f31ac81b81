"""Google Play: the reviews of one's own app, as long as they are new, and replies to them.

Terms: https://play.google.com/about/developer-distribution-agreement.html
Documentation: https://developers.google.com/android-publisher/reply-to-reviews
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

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
    SourceChanged,
)  # fmt: skip
from repmon_connectors._next import once
from repmon_connectors._service_account import AUDIENCE, token_for

SCOPE = "https://www.googleapis.com/auth/androidpublisher"
LIST_KEYS = {"reviews", "tokenPagination", "pageInfo"}
PAGE_SIZE = 100


class GooglePlay(Connector):
    """What was written about one Android app of your own in the last week, with your replies to it."""

    order = "changed"
    window = "the last week, with text"
    may_be_empty = True
    min_every = timedelta(minutes=10)
    calls_per_day = 4800  # 200 an hour
    calls_per_second = 1.0
    sees_replies = True
    reply = ReplyLimit(350)
    terms = "https://play.google.com/about/developer-distribution-agreement.html"

    package: Annotated[str, StringConstraints(pattern=r"^\w+(\.\w+)+$")] = Field(
        description="As it stands in the store's address, `com.aurora.pasta`."
    )
    service_account: Secret = Field(description="What is in the JSON key file of the service account.")
    base_url: str = Field("https://androidpublisher.googleapis.com", description="Where Google is asked.")
    token_url: str = Field(AUDIENCE, description="Where access tokens are asked for.")

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - an app is one listing
        """Read the reviews, latest written or changed first."""
        params: dict[str, str | int] = {"maxResults": PAGE_SIZE}
        tokens, auth = set[str](), self._auth
        while True:
            page = http.get(self._url(), params=params, auth=auth).json()
            if page and not LIST_KEYS & page.keys():
                raise SourceChanged("google_play_unknown_answer", keys=", ".join(sorted(page)))
            reviews = page.get("reviews", [])
            if not reviews and not tokens:
                http.note("google_play_no_reviews", app=self.package)
            yield from reviews
            token = page.get("tokenPagination", {}).get("nextPageToken")
            if not token:
                return
            params["token"] = once(token, tokens)

    def review(self, item: Item) -> SiteReview:
        """One review; its time is that of its last change, for Google tells no other."""
        said = _last(item, "userComment")
        # The language told is the phone's, not the text's. Title and text are parted by a tab, mostly without a title.
        title, tab, text = said["text"].partition("\t")
        return SiteReview(
            id=item["reviewId"],
            rating=said.get("starRating"),
            title=title if tab else None,
            text=text if tab else title,
            author=item.get("authorName"),
            url=f"https://play.google.com/store/apps/details?id={self.package}&reviewId={item['reviewId']}",
            written_at=_moment(said["lastModified"]),
            reply=_reply(_last(item, "developerComment")),
        )

    def recheck(self, http: Http, keys: Sequence[ReviewKey]) -> Items:
        """Ask about each review by itself."""
        for key in keys:
            yield http.get(self._url(key.id), auth=self._auth).json()

    def post_reply(self, http: Http, key: ReviewKey, text: str) -> Reply | None:
        """Post the reply; Google replaces one that is there, so the core has looked before."""
        answer = http.post(f"{self._url(key.id)}:reply", json={"replyText": text}, auth=self._auth).json()
        shown = answer["result"]
        return Reply(text=shown["replyText"], at=_moment(shown.get("lastEdited")))

    @property
    def _auth(self) -> SignedToken:
        return token_for(self.service_account, SCOPE, self.token_url)

    def _url(self, *review: str) -> str:
        parts = ("androidpublisher/v3/applications", self.package, "reviews", *review)
        return "/".join((self.base_url.rstrip("/"), *parts))


def _last(item: Item, kind: str) -> Item:
    """What the user or the developer said last; {} where it is nothing."""
    return next((each[kind] for each in reversed(item["comments"]) if kind in each), {})


def _moment(given: Item) -> datetime | None:
    return datetime.fromtimestamp(int(given["seconds"]), UTC) if given else None


def _reply(said: Item) -> Reply | None:
    return Reply(text=said["text"], at=_moment(said.get("lastModified"))) if said else None
