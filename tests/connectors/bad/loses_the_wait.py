"""Forgets how long the site asked it to wait."""

from repmon.connector import Http, Items, SourceBusy
from tests.connectors.acme import Acme

CAUGHT_BY = "test_a_refusing_site_ends_in_the_right_error"


class LosesTheWait(Acme):
    def items(self, http: Http, listing: str) -> Items:
        try:
            yield from super().items(http, listing)
        except SourceBusy as busy:
            raise SourceBusy(busy.code) from None
