"""Writes its token into the log."""

import logging

from repmon.connector import Http, Items
from tests.connectors.acme import Acme

CAUGHT_BY = "test_no_secret_shows_in_logs_output_or_errors"


class LoggedSecret(Acme):
    def items(self, http: Http, listing: str) -> Items:
        logging.getLogger(__name__).debug("asking with %s", self.token.get_secret_value())
        yield from super().items(http, listing)
