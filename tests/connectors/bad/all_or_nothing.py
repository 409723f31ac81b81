"""Reads a page as a whole: one bad item takes the others with it."""

from repmon.connector import Http, Items
from tests.connectors.acme import Acme

CAUGHT_BY = "test_a_bad_item_costs_one_item"


class AllOrNothing(Acme):
    def items(self, http: Http, listing: str) -> Items:
        yield from ({**item, "id": item["id"].strip()} for item in list(super().items(http, listing)))
