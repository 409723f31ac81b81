"""Reads any answer as text and finds nothing in it."""

import json

from repmon.connector import Http, Items
from tests.connectors.acme import Acme

CAUGHT_BY = "test_a_damaged_answer_is_an_error"


class ForgivesHtml(Acme):
    def items(self, http: Http, listing: str) -> Items:
        url: str | None = f"{self.base_url}/listings/{self.listing}/reviews"
        while url:
            text = http.get(url).text()
            page = json.loads(text) if text.rstrip().endswith("}") else {"reviews": [], "next": None}
            yield from page["reviews"]
            url = page["next"]
