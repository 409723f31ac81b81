"""Google Places: the handful of reviews that Google shows about a place anybody may look up.

Terms: https://developers.google.com/maps/documentation/places/web-service/policies
Documentation: https://developers.google.com/maps/documentation/places/web-service/place-details
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from repmon.connector import Connector, Http, Item, Items, Keeps, Secret, SiteReview

PlaceId = Annotated[str, StringConstraints(pattern=r"^[\w-]+$")]


class GooglePlaces(Connector):
    """The 5 most relevant reviews of one or more places on Google, whether you manage them or not; without replies."""

    # A review that drops out of the five is not gone, and a new one may never come in.
    window = "5 most relevant a place"
    min_every = timedelta(days=1)  # every look is billed
    calls_per_second = 1.0
    keeps = Keeps(text_for=timedelta(0))  # saving reviews is the policy's own example of what is not allowed
    terms = "https://developers.google.com/maps/documentation/places/web-service/policies"

    location: PlaceId | Annotated[list[PlaceId], Field(min_length=1)] = Field(
        description="The place id (`ChIJ…`), or several."
    )
    api_key: Secret = Field(description="Of a Google Cloud project with billing and the Places API (New).")
    base_url: str = Field("https://places.googleapis.com/v1", description="Where Google is asked.")

    def listings(self) -> Sequence[str]:
        """One for each place."""
        return list(dict.fromkeys([self.location] if isinstance(self.location, str) else self.location))

    def items(self, http: Http, listing: str) -> Items:
        """Ask for the place's reviews and nothing else; without any, Google leaves the key out."""
        headers = {"x-goog-api-key": self.api_key.get_secret_value(), "x-goog-fieldmask": "id,reviews"}
        place = http.get(f"{self.base_url.rstrip('/')}/places/{listing}", headers=headers).json()
        if "reviews" not in place:
            http.note("google_places_no_reviews", place=place["id"])  # an answer without the id is no place
        yield from place.get("reviews", [])

    def review(self, item: Item) -> SiteReview:
        """One review; what was written goes before what Google made of it in another language."""
        said = item.get("originalText") or item.get("text") or {}
        author = item.get("authorAttribution") or {}
        return SiteReview(
            id=item["name"],
            place=item["name"].split("/")[1],  # places/…/reviews/…
            rating=item.get("rating"),
            text=said.get("text"),
            language=said.get("languageCode"),
            author=author.get("displayName"),
            url=item.get("googleMapsUri"),
            written_at=item.get("publishTime"),
        )
