"""Turns a missing id into the text None."""

from repmon.connector import Item, SiteReview
from tests.connectors.acme import Acme

CAUGHT_BY = "test_no_id_is_made_up"


class NamelessIds(Acme):
    def review(self, item: Item) -> SiteReview:
        return super().review({**item, "id": str(item.get("id"))})
