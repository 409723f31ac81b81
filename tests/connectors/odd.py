"""Reading a page in which not every item can be read: the reviews, and why the others were set aside."""

from repmon.connector import Connector, SiteReview
from repmon.errors import ItemUnreadable
from repmon.steps.reading import guarded_items, read_item
from tests.connectors.doors import Prepared


def read_odd(connector: Connector, *pages: bytes, listing: str | None = None) -> tuple[list[SiteReview], list[str]]:
    """The reviews of the first listing, and the fields for which items were set aside."""
    reviews, fields = [], []
    name = connector.listings()[0] if listing is None else listing
    for item in guarded_items(connector, Prepared(*pages), name):
        try:
            reviews.append(read_item(connector, item))
        except ItemUnreadable as error:
            fields.append(error.field)
    return reviews, fields
