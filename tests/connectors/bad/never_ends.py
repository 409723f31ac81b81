"""Goes on for ever where the site repeats a page, and hides it by numbering the items."""

from repmon.connector import Http, Items
from tests.connectors.acme import Acme

CAUGHT_BY = "test_a_site_that_goes_round_in_circles_is_left"


class NeverEnds(Acme):
    def items(self, http: Http, listing: str) -> Items:
        yield from ({**item, "number": number} for number, item in enumerate(super().items(http, listing)))
