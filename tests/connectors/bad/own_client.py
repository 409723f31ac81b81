"""Asks the site behind the client's back: no pace, no guard, no deadline."""

from urllib.request import urlopen

from repmon.connector import Http, Items
from tests.connectors.acme import Acme

CAUGHT_BY = "test_every_request_goes_through_the_client"


class OwnClient(Acme):
    def items(self, http: Http, listing: str) -> Items:
        with urlopen(f"{self.base_url}/ping") as answer:
            answer.read()
        yield from super().items(http, listing)
