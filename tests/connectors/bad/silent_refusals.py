"""Keeps to itself that the site did not take a reply."""

from repmon.connector import Http, ReviewKey, SourceRefused
from tests.connectors.acme import Acme

CAUGHT_BY = "test_a_reply_the_site_does_not_take_is_an_error"


class SilentRefusals(Acme):
    def post_reply(self, http: Http, key: ReviewKey, text: str) -> None:
        try:
            super().post_reply(http, key, text)
        except SourceRefused:
            http.note("refused")
