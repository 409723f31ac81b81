"""Judge.me: the product reviews of a Shopify or other shop.

Terms: https://judge.me/terms
Documentation: https://judge.me/api/docs
"""

from datetime import timedelta
from itertools import count
from typing import Annotated
from urllib.parse import urlencode

from pydantic import Field, StringConstraints

from repmon.connector import Connector, Http, Item, Items, ReplyLimit, ReviewKey, Secret, SiteReview

PAGE_SIZE = 100


class JudgeMe(Connector):
    """All product reviews of one shop, hidden ones and those taken for spam too. Replies are taken, but not shown."""

    # Nobody says in which order they come. That the list does not show replies is why single reviews are not asked
    # about: every reply would seem to be missing, and might be sent again.
    complete = True
    min_every = timedelta(minutes=30)
    calls_per_second = 1.0
    reply = ReplyLimit(2000)  # Judge.me publishes no limit; a client that had one stops here
    terms = "https://judge.me/terms"

    shop_domain: Annotated[str, StringConstraints(pattern=r"^[\w-]+(\.[\w-]+)+$")] = Field(
        description="As Judge.me knows the shop: `aurora-pasta.myshopify.com`."
    )
    api_token: Secret = Field(description="The private one, from Judge.me, Settings, Integrations, API.")
    mail_reviewer: bool = Field(default=False, description="Whether Judge.me mails a reply to who wrote the review.")
    base_url: str = Field("https://api.judge.me/api/v1", description="Where Judge.me is asked.")

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - a shop is one listing
        """Read page by page until one is empty: how long a page is at most is not documented."""
        for page in count(1):
            params: dict[str, str | int] = {"shop_domain": self.shop_domain, "page": page, "per_page": PAGE_SIZE}
            reviews = http.get(self._url("reviews"), params=params, headers=self._headers).json()["reviews"]
            yield from reviews
            if not reviews:
                if page == 1:
                    http.note("judgeme_no_reviews", shop=self.shop_domain)
                return

    def review(self, item: Item) -> SiteReview:
        """One review. Its `updated_at` also moves when the shop does something, so an edit shows by its words alone."""
        return SiteReview(
            id=item["id"],
            rating=item.get("rating"),
            title=item.get("title"),
            text=item.get("body"),
            author=(item.get("reviewer") or {}).get("name"),
            url=self._product(item.get("product_handle")),
            written_at=item["created_at"],
        )

    def post_reply(self, http: Http, key: ReviewKey, text: str) -> None:
        """Post a public reply."""
        words = {"review_id": int(key.id), "send_reply_email": self.mail_reviewer, "reply": {"content": text}}
        url = f"{self._url('replies')}?{urlencode({'shop_domain': self.shop_domain})}"
        http.post(url, json=words, headers=self._headers)

    @property
    def _headers(self) -> dict[str, str]:
        return {"x-api-token": self.api_token.get_secret_value()}

    def _url(self, path: str) -> str:
        return f"{self.base_url.rstrip('/')}/{path}"

    def _product(self, handle: str | None) -> str | None:
        """The product's page, where the shop is one of Shopify's, which all have it in the same place."""
        shopify = self.shop_domain.endswith(".myshopify.com")
        return f"https://{self.shop_domain}/products/{handle}" if shopify and handle else None
