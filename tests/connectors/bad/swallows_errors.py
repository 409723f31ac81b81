"""Takes a site that fails for a site without reviews."""

from repmon.connector import Http, Items, SourceRefused
from tests.connectors.acme import Acme

CAUGHT_BY = "test_a_refusing_site_ends_in_the_right_error"


class SwallowsErrors(Acme):
    def items(self, http: Http, listing: str) -> Items:
        try:
            yield from super().items(http, listing)
        except SourceRefused:
            return
