"""Leaves out what it cannot read, and nobody hears of it."""

from repmon.connector import Http, Items
from tests.connectors.acme import Acme

CAUGHT_BY = "test_a_bad_item_costs_one_item"


class DropsBadItems(Acme):
    def items(self, http: Http, listing: str) -> Items:
        yield from (item for item in super().items(http, listing) if isinstance(item, dict) and "id" in item)
