"""Facebook: the recommendations of a Page, as long as an old version of the Graph API gives them.

Terms: https://developers.facebook.com/terms/
Documentation: https://developers.facebook.com/docs/graph-api/reference/page/ratings
"""

import hashlib
from datetime import timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from repmon.connector import Connector, Http, Item, Items, Reply, Secret, SiteReview
from repmon_connectors._next import once

PAGE_SIZE = 100  # the most Facebook gives
FIELDS = (
    "reviewer{id,name},created_time,rating,has_rating,has_review,recommendation_type,review_text,"
    "open_graph_story{id,comments}"
)
RECOMMENDED = {"positive": True, "negative": False}


class Facebook(Connector):
    """What an old Graph API still gives of a Page's recommendations: from version 22 on Facebook refuses, error 12.

    Thumbs instead of stars, but for entries of before 2018. The Page's own comment below is shown as its reply; none
    are taken. Where Facebook refuses, its notification mails are the way.
    """

    window = "what an old Graph API gives"
    min_every = timedelta(minutes=15)
    calls_per_second = 1.0
    sees_replies = True
    terms = "https://developers.facebook.com/terms/"

    page: Annotated[str, StringConstraints(pattern=r"^\d+$")] = Field(
        coerce_numbers_to_str=True, description="The Page's number, from its About section."
    )
    access_token: Secret = Field(description="A Page token with pages_read_user_content.")
    version: Annotated[str, StringConstraints(pattern=r"^v\d+\.\d+$")] = Field(
        "v21.0", description="Of the Graph API; the newest that gave recommendations."
    )
    base_url: str = Field("https://graph.facebook.com", description="Where Facebook is asked.")

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - a Page is one listing
        """Read page by page; the next one is asked for by its cursor, for Facebook's own link holds the token."""
        headers = {"authorization": f"Bearer {self.access_token.get_secret_value()}"}
        params: dict[str, str | int] = {"fields": FIELDS, "limit": PAGE_SIZE}
        cursors = set[str]()
        while True:
            page = http.get(f"{self.base_url.rstrip('/')}/{self.version}/{self.page}/ratings", params=params,
                            headers=headers).json()  # fmt: skip
            yield from page["data"]
            if not page["data"] and not cursors:
                http.note("facebook_no_reviews", page=self.page)
            paging = page.get("paging") or {}
            if not paging.get("next"):
                return
            params["after"] = once(paging["cursors"]["after"], cursors)

    def review(self, item: Item) -> SiteReview:
        """One recommendation; a thumb is no star."""
        rating = item.get("rating")
        return SiteReview(
            id=_id(item),
            scale="thumb" if rating is None else "stars",
            rating=rating,
            recommended=RECOMMENDED.get(item.get("recommendation_type")),
            text=item.get("review_text"),
            author=(item.get("reviewer") or {}).get("name"),
            written_at=item["created_time"],
            reply=self._reply((item.get("open_graph_story") or {}).get("comments") or {}),
        )

    def _reply(self, comments: Item) -> Reply | None:
        """The first comment that is the Page's own."""
        own = (each for each in comments.get("data", []) if (each.get("from") or {}).get("id") == self.page)
        first = next(own, None)
        return Reply(text=first["message"], at=first.get("created_time")) if first else None


def _id(item: Item) -> str:
    """Items have no id of their own: their story's, else who wrote when."""
    story: str | None = (item.get("open_graph_story") or {}).get("id")
    if story:
        return story
    who = (item.get("reviewer") or {}).get("id") or ""
    return hashlib.sha256(f"{who}\0".encode() + item["created_time"].encode()).hexdigest()[:32]
