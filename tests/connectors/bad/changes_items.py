"""Changes the item it is given, so that what is kept is not what the site said."""

from repmon.connector import Item, SiteReview
from tests.connectors.acme import Acme

CAUGHT_BY = "test_an_item_is_left_as_it_is"


class ChangesItems(Acme):
    def review(self, item: Item) -> SiteReview:
        item["seen"] = True
        return super().review(item)
