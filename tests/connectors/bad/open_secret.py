"""Keeps its token as plain text, so that every repr shows it."""

from repmon.connector import Http, Items, Secret
from tests.connectors.acme import Acme

CAUGHT_BY = "test_secrets_are_declared_as_secrets"


class OpenSecret(Acme):
    token: str  # type: ignore[assignment]

    def items(self, http: Http, listing: str) -> Items:
        yield from Acme(listing=self.listing, token=Secret(self.token), base_url=self.base_url).items(http, listing)
