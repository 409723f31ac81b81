"""Takes a missing rating for five stars."""

from repmon.connector import Item, SiteReview
from tests.connectors.acme import Acme

CAUGHT_BY = "test_no_rating_is_made_up"


class MadeUpRating(Acme):
    def review(self, item: Item) -> SiteReview:
        return super().review({**item, "stars": item.get("stars") or 5})
