"""Loads every page before it gives the first review."""

from repmon.connector import Http, Items
from tests.connectors.acme import Acme

CAUGHT_BY = "test_pages_are_asked_for_only_when_needed"


class Eager(Acme):
    def items(self, http: Http, listing: str) -> Items:
        yield from list(super().items(http, listing))
