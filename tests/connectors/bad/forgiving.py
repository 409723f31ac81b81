"""Finds no reviews in anything it does not know."""

from repmon.connector import Http, Items
from tests.connectors.acme import Acme

CAUGHT_BY = "test_nonsense_is_an_error_and_not_an_empty_page"


class Forgiving(Acme):
    def items(self, http: Http, listing: str) -> Items:
        page = http.get(f"{self.base_url}/listings/{self.listing}/reviews").json()
        while isinstance(page, dict):
            yield from page.get("reviews", [])
            page = http.get(page["next"]).json() if page.get("next") else None
