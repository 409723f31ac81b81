"""Gives the same review another id each time."""

from uuid import uuid4

from repmon.connector import Item, SiteReview
from tests.connectors.acme import Acme

CAUGHT_BY = "test_ids_are_stable"


class RandomIds(Acme):
    def review(self, item: Item) -> SiteReview:
        return super().review({**item, "id": uuid4().hex})
