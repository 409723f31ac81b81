"""Takes the author for the id."""

from repmon.connector import Item, SiteReview
from tests.connectors.acme import Acme

CAUGHT_BY = "test_ids_are_unique"


class SharedIds(Acme):
    def review(self, item: Item) -> SiteReview:
        return super().review({**item, "id": item["name"]})
