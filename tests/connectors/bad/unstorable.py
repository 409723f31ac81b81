"""Gives items that only this process can hold."""

from datetime import datetime

from repmon.connector import Http, Items
from tests.connectors.acme import Acme

CAUGHT_BY = "test_items_can_be_stored_as_they_are"


class Unstorable(Acme):
    def items(self, http: Http, listing: str) -> Items:
        yield from ({**item, "at": datetime.fromisoformat(item["at"])} for item in super().items(http, listing))
