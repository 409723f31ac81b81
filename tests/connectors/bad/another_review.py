"""Asked about one review it gives another."""

from collections.abc import Sequence

from repmon.connector import Http, Items, ReviewKey
from tests.connectors.acme import Acme

CAUGHT_BY = "test_a_review_that_is_asked_about_is_that_review"


class AnotherReview(Acme):
    def recheck(self, http: Http, keys: Sequence[ReviewKey]) -> Items:
        for item in super().recheck(http, keys):
            yield {**item, "id": "r2"}
