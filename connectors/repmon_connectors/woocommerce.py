"""WooCommerce: the product reviews of one's own shop.

Terms: the shop is one's own; https://woocommerce.com/document/woocommerce-rest-api/
Documentation: https://woocommerce.github.io/woocommerce-rest-api-docs/#product-reviews
"""

import base64
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from repmon.connector import Connector, Http, Item, Items, Secret, SiteReview, SourceChanged

PAGE_SIZE = 100
UNRATED = 0


class WooCommerce(Connector):
    """All approved product reviews of one WooCommerce shop; replies are WordPress comments and are written there."""

    order = "newest"
    complete = True
    min_every = timedelta(minutes=5)
    calls_per_second = 1.0
    terms = "https://woocommerce.com/document/woocommerce-rest-api/"

    url: Annotated[str, StringConstraints(pattern="^https?://")] = Field(
        description="The shop's own address, `https://shop.example`."
    )
    consumer_key: Secret = Field(description="From WooCommerce, Settings, Advanced, REST API; read only will do.")
    consumer_secret: Secret = Field(description="Shown once beside the key.")

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - a shop is one listing
        """Read the approved reviews, newest first; a page that is not full is the last."""
        pair = f"{self.consumer_key.get_secret_value()}:{self.consumer_secret.get_secret_value()}"
        headers = {"authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
        url = f"{self.url.rstrip('/')}/wp-json/wc/v3/products/reviews"
        page = 1
        while True:
            params: dict[str, str | int] = {
                "per_page": PAGE_SIZE, "page": page, "orderby": "date_gmt", "order": "desc", "status": "approved",
            }  # fmt: skip
            answer = http.get(url, params=params, headers=headers)
            reviews = answer.json()
            if not isinstance(reviews, list):
                raise SourceChanged("woocommerce_no_list")
            if page == 1 and not reviews:
                http.note("woocommerce_no_reviews")
            yield from reviews
            pages = answer.headers.get("x-wp-totalpages", "")
            if not reviews or (page >= int(pages) if pages.isdecimal() else len(reviews) < PAGE_SIZE):
                return
            page += 1

    def review(self, item: Item) -> SiteReview:
        """One review; 0 stars means not rated, and only the `_gmt` time has a known zone."""
        return SiteReview(
            id=item["id"],
            rating=item["rating"] if item["rating"] != UNRATED else None,
            text=item["review"],
            author=item["reviewer"],
            url=item.get("product_permalink"),
            written_at=datetime.fromisoformat(item["date_created_gmt"]).replace(tzinfo=UTC),
        )
