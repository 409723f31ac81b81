"""Tripadvisor: the newest few reviews of a hotel, a restaurant or a sight.

Terms: https://tripadvisor-content-api.readme.io/reference/caching-policy
Documentation: https://tripadvisor-content-api.readme.io/reference/getlocationreviews
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from repmon.connector import Connector, Http, Item, Items, Keeps, Reply, Secret, SiteReview

LocationId = Annotated[str, StringConstraints(pattern=r"^\d+$"), Field(coerce_numbers_to_str=True)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(_[A-Z]{2})?$")]

MOST = 5


class Tripadvisor(Connector):
    """The 5 newest reviews a language of one or more locations on Tripadvisor. Replies are shown, and written there."""

    # One page is all there is: what is not on it is not gone. Read whole, it shows a new reply of the owner at once.
    window = "5 newest a language"
    min_every = timedelta(hours=1)
    calls_per_day = 160  # 5,000 a month are free
    calls_per_second = 1.0
    keeps = Keeps(text_for=timedelta(0))  # nothing but the location's id may be stored
    sees_replies = True
    terms = "https://tripadvisor-content-api.readme.io/reference/caching-policy"

    location: LocationId | Annotated[list[LocationId], Field(min_length=1)] = Field(
        description="The digits after `-d` in the page's address, or several."
    )
    api_key: Secret = Field(description="From Tripadvisor's developer portal; it works from the addresses named there.")
    languages: list[Language] = Field(["en"], min_length=1, description="Reviews are asked for by language.")
    base_url: str = Field("https://api.content.tripadvisor.com/api/v1", description="Where Tripadvisor is asked.")

    def listings(self) -> Sequence[str]:
        """One for each location and language, as `1720231/en`."""
        locations = [self.location] if isinstance(self.location, str) else self.location
        return list(dict.fromkeys(f"{location}/{language}" for location in locations for language in self.languages))

    def items(self, http: Http, listing: str) -> Items:
        """Read the newest; the key can only be sent in the address."""
        location, language = listing.split("/")
        params: dict[str, str | int] = {"key": self.api_key.get_secret_value(), "language": language, "limit": MOST}
        reviews = http.get(f"{self.base_url.rstrip('/')}/location/{location}/reviews", params=params).json()["data"]
        yield from reviews
        if not reviews:
            http.note("tripadvisor_no_reviews", location=location, language=language)

    def review(self, item: Item) -> SiteReview:
        """One review, with the owner's response."""
        response = item.get("owner_response")
        return SiteReview(
            id=item["id"],
            place=item["location_id"],
            rating=item["rating"],
            title=item.get("title"),
            text=item.get("text"),
            language=item.get("lang"),
            author=(item.get("user") or {}).get("username"),
            url=item.get("url"),
            written_at=item["published_date"],
            reply=Reply(text=response["text"], at=response.get("published_date")) if response else None,
        )
