"""Its reviews come with the owner's replies, and it declares that it sees none."""

from tests.connectors.acme import Acme

CAUGHT_BY = "test_replies_are_seen_only_where_that_is_declared"


class UndeclaredReplies(Acme):
    sees_replies = False
