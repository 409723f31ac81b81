"""Tidies the words it posts: what is public is not what was approved."""

from repmon.connector import Http, ReviewKey
from tests.connectors.acme import Acme

CAUGHT_BY = "test_a_reply_is_sent_once_with_exactly_its_words"


class PolishedReplies(Acme):
    def post_reply(self, http: Http, key: ReviewKey, text: str) -> None:
        super().post_reply(http, key, " ".join(text.split()))
