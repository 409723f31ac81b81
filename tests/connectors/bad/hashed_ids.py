"""Uses hash(), which differs from process to process."""

from repmon.connector import Item, SiteReview
from tests.connectors.acme import Acme

CAUGHT_BY = "test_ids_survive_another_process"


class HashedIds(Acme):
    def review(self, item: Item) -> SiteReview:
        return super().review({**item, "id": hash(item["id"])})
