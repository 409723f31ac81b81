"""Yelp: the excerpts of three reviews that Yelp gives to everybody with a key.

Terms: https://terms.yelp.com/developers/api_terms/
Documentation: https://docs.developer.yelp.com/reference/v3_business_reviews
"""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from repmon.connector import Connector, Http, Item, Items, Keeps, ReplyLimit, Secret, SiteReview


class Yelp(Connector):
    """Three reviews of one business, the first 160 characters of each. Replies are written on Yelp itself."""

    # Which three is up to Yelp: a review that is not among them is not gone. An updated review has a new id.
    window = "3 excerpts"
    min_every = timedelta(hours=1)
    calls_per_day = 300
    calls_per_second = 1.0
    keeps = Keeps(text_for=timedelta(hours=24))
    timezone = "America/Los_Angeles"  # times carry none; an older documentation named the Pacific one
    reply = ReplyLimit(5000)
    terms = "https://terms.yelp.com/developers/api_terms/"

    business: Annotated[str, StringConstraints(pattern=r"^[\w-]+$")] = Field(
        description="The last part of its address, or its id: `trattoria-aurora-utrecht`."
    )
    api_key: Secret = Field(description="From Yelp's page for developers, Manage App.")
    sort: Literal["yelp_sort", "newest"] = Field("yelp_sort", description="`newest` where your plan allows it.")
    locale: Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3}_[A-Z]{2})?$")] = Field(
        "", description="Language and country of the reviews, `nl_NL`; Yelp's default is en_US."
    )
    base_url: str = Field("https://api.yelp.com/v3", description="Where Yelp is asked.")

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - a business is one listing
        """Read the one page there is."""
        params: dict[str, str | int] = {"locale": self.locale} if self.locale else {}
        if self.sort != "yelp_sort":
            params["sort_by"] = self.sort
        headers = {"authorization": f"Bearer {self.api_key.get_secret_value()}"}
        url = f"{self.base_url.rstrip('/')}/businesses/{self.business}/reviews"
        reviews = http.get(url, params=params, headers=headers).json()["reviews"]
        yield from reviews
        if not reviews:
            http.note("yelp_no_reviews", business=self.business)

    def review(self, item: Item) -> SiteReview:
        """One review; its text breaks off, and only the page behind the link has all of it."""
        return SiteReview(
            id=item["id"],
            rating=item["rating"],
            text=item["text"],
            author=(item.get("user") or {}).get("name"),
            url=item.get("url"),
            written_at=item["time_created"],
        )
