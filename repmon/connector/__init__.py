"""What a connector author imports: one class to subclass, the words of a review, and the connections handed in.

    class Acme(Connector):
        '''One listing on Acme.'''

        listing: str
        token: Secret
        base_url: str = "https://api.acme.example/v1"

        def items(self, http: Http, listing: str) -> Items: ...
        def review(self, item: Item) -> SiteReview: ...

The core does all the bookkeeping: what is new, what was edited, where to stop, how fast, when to try again.
A connector has no cursor, no try/except, no clock and no state; `connectors/README.md` is the tutorial.
"""

from repmon.connector.auth import Auth, ClientCredentials, Consent, Login, OAuth, Secret, SignedToken
from repmon.connector.contract import Connector, Item, Items
from repmon.connector.declared import Keeps, Offer, Order
from repmon.connector.doors import Answer, Files, Http, Letter, Mail, Pushed
from repmon.connector.pushing import Proof
from repmon.connector.replies import ReplyLimit, ReviewKey
from repmon.connector.site_review import Reply, SiteReview
from repmon.errors import ItemUnreadable, SourceBusy, SourceChanged, SourceDown, SourceRefused

__all__ = [
    "Answer", "Auth", "ClientCredentials", "Connector", "Consent", "Files", "Http", "Item", "ItemUnreadable", "Items",
    "Keeps", "Letter", "Login", "Mail", "OAuth", "Offer", "Order", "Proof", "Pushed", "Reply", "ReplyLimit",
    "ReviewKey", "Secret", "SignedToken", "SiteReview", "SourceBusy", "SourceChanged", "SourceDown", "SourceRefused",
]  # fmt: skip
