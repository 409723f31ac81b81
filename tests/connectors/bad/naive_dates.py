"""Gives times without a zone and declares none."""

from repmon.connector import Item, SiteReview
from tests.connectors.acme import Acme

CAUGHT_BY = "test_dates_have_a_zone"


class NaiveDates(Acme):
    def review(self, item: Item) -> SiteReview:
        return super().review({**item, "at": item["at"].rstrip("Z")})
