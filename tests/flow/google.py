"""A Google Business Profile that takes replies as documented: put, deleted, checked before they show, or refused."""

import json
import threading
from collections.abc import Callable
from typing import Any

from tests.flow.peers import Site

POST = "[replies]\npost = true\n"
Fault = tuple[int, dict[str, str], bytes]


class Profile(Site):
    """`puts` are the replies that arrived, as (review, words), whatever was answered to them."""

    def __init__(self) -> None:
        super().__init__()
        self.puts: list[tuple[str, str]] = []
        self.deleted: list[str] = []
        self.moderation = "APPROVED"
        self.violation: str | None = None
        self.on_put: Callable[[], Fault | None] = lambda: None
        """What is answered instead of the reply, before it is applied; whatever it raises cuts the connection."""
        self.after_put: Callable[[], Fault | None] = lambda: None
        """The same after it was applied."""
        self.on_look: Callable[[], Fault | None] = lambda: None
        """What is answered to a question about one review, instead of the review."""
        self._method = threading.local()

    def _handle(self, handler: Any) -> None:
        self._method.name = handler.command
        super()._handle(handler)

    def answer(self, path: str, body: bytes) -> Fault:
        _, single, rest = path.partition("/reviews/")
        if not single or self.status:
            return super().answer(path, body)
        name = rest.removesuffix("/reply")
        if name not in self.reviews:
            return _error(404, "NOT_FOUND", "Requested entity was not found.")
        if self._method.name == "PUT":
            return self._put(name, json.loads(body)["comment"])
        if self._method.name == "DELETE":
            self.deleted.append(name)
            self.reviews[name].pop("reviewReply", None)
            return self.after_put() or (200, {}, b"{}")
        return self.on_look() or (200, {}, json.dumps(self.reviews[name]).encode())

    def _put(self, name: str, words: str) -> Fault:
        with self.lock:
            self.puts.append((name, words))
        refused = self.on_put()
        if refused:
            return refused
        self.answers(name, words, self.moderation)
        return self.after_put() or (200, {}, json.dumps(self.reviews[name]["reviewReply"]).encode())

    def answers(self, name: str, words: str, state: str | None = "APPROVED") -> None:
        """Let a reply stand under a review, whoever wrote it."""
        reply = {"comment": words, "updateTime": "2026-03-02T13:00:00Z", "reviewReplyState": state}
        reply["policyViolation"] = self.violation if state == "REJECTED" else None
        self.reviews[name]["reviewReply"] = {key: value for key, value in reply.items() if value is not None}


def _error(code: int, status: str, message: str) -> Fault:
    said = {"error": {"code": code, "message": message, "status": status}}
    return code, {}, json.dumps(said).encode()


def refuses(code: int, message: str = "This is not allowed here.") -> Callable[[], Fault]:
    """An answer that is an error, in Google's form."""
    return lambda: _error(code, "FAILED", message)


def cut() -> None:
    """End the connection without an answer."""
    raise ConnectionAbortedError
