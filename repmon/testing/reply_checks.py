"""What a connector that can reply promises: exactly the words, in one request, and no refusal kept to itself."""
# ruff: noqa: D102, S101 - these are tests: their names are their sentences

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from repmon.connector import ReviewKey
from repmon.errors import SourceDown, SourceError, SourceRefused
from repmon.http.read import Read
from repmon.testing.bench import SPEED, Bench
from repmon.testing.site import Asked, Reply

WORDS = 'Thank you, Zoë.\n\nWe’re sorry about the <soup> & the wait; "never again".  😀\nMila '  # noqa: RUF001 - a reply


class ReplyChecks(Bench):
    """Questions about a connector with `post_reply`; those about `recheck` only where it has that too."""

    def test_a_reply_is_sent_once_with_exactly_its_words(self) -> None:
        door, key = self._door_and_key(Reply(self._bytes(self.posted), headers={"content-type": self.content_type}))
        self.made().post_reply(door, key, WORDS)
        sent = [asked for asked in self.site.asked if asked.method != "GET"]
        assert len(sent) == 1, f"a reply was sent in {len(sent)} requests"
        assert WORDS in _texts(sent[0]), "what was sent is not what was approved"

    @pytest.mark.parametrize(("status", "kind"), [(403, SourceRefused), (404, SourceRefused), (500, SourceDown)])
    def test_a_reply_the_site_does_not_take_is_an_error(self, status: int, kind: type[SourceError]) -> None:
        door, key = self._door_and_key(Reply(b'{"error": "no"}', status))
        with pytest.raises(kind):
            self.made().post_reply(door, key, WORDS)
        assert len([asked for asked in self.site.asked if asked.method != "GET"]) == 1, "it was sent again"

    def test_how_long_a_reply_may_be_is_declared(self) -> None:
        assert self.connector.reply is not None, "declare `reply`: drafts are written to that limit"

    def test_a_review_that_is_asked_about_is_that_review(self) -> None:
        self._needs_recheck()
        assert self.one is not None, "fill in `one`: what the site answers about the first review of `replies`"
        door, key = self._door_and_key(Reply(self._bytes(self.one), headers={"content-type": self.content_type}))
        made = self.made()
        found = [made.review(item) for item in made.recheck(door, [key])]
        assert [(each.id, each.place or "") for each in found] == [(key.id, key.place)], "it gave another review"

    @pytest.mark.parametrize(("status", "kind"), [(404, SourceRefused), (403, SourceRefused), (500, SourceDown)])
    def test_a_question_without_an_answer_is_never_taken_for_one(self, status: int, kind: type[SourceError]) -> None:
        self._needs_recheck()
        door, key = self._door_and_key(Reply(b'{"error": "no"}', status))
        with pytest.raises(kind):
            list(self.made().recheck(door, [key]))

    def _needs_recheck(self) -> None:
        if not self.connector.can("recheck"):
            pytest.skip("cannot ask about single reviews")

    def _door_and_key(self, reply: Reply) -> tuple[Read, ReviewKey]:
        """A connection to a site that gives this reply, and the first of the author's reviews."""
        first = self.read().reviews[0]
        self.answers(reply)
        return self.client.read(calls_per_second=SPEED), ReviewKey(first.id, first.place or "")


def _texts(asked: Asked) -> list[str]:
    """Every text in the body of a request: of its JSON, or of its form."""
    body = asked.body.decode()
    if "json" in asked.headers.get("content-type", ""):
        return list(_in(json.loads(body)))
    return [value for values in parse_qs(body).values() for value in values]


def _in(found: Any) -> list[str]:
    if isinstance(found, str):
        return [found]
    inside = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return [text for each in inside for text in _in(each)]
