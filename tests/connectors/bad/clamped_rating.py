"""Bends a rating that cannot be into one that can."""

from repmon.connector import Item, SiteReview
from tests.connectors.acme import Acme

CAUGHT_BY = "test_no_rating_is_made_up"


class ClampedRating(Acme):
    def review(self, item: Item) -> SiteReview:
        given = super().review(item)
        return given.model_copy(update={"rating": given.rating and min(given.rating, 5)})
