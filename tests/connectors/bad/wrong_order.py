"""Says that edits come first, and they do not."""

from repmon.connector import Http, Items
from tests.connectors.acme import Acme

CAUGHT_BY = "test_reviews_come_in_the_declared_order"


class WrongOrder(Acme):
    def items(self, http: Http, listing: str) -> Items:
        for item in super().items(http, listing):
            item.pop("changed", None)
            yield item
