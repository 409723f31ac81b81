"""A review site under test's control, as JSON in pages, and the connectors that read it."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from pydantic import Field

from repmon.connector import Connector, Http, Item, Items, Order, Reply, ReviewKey, SiteReview
from repmon.discover import Found
from tests.flow.peers import Server

Fault = tuple[int, dict[str, str], bytes]


class Board(Server):
    """Shows `reviews` in their order, `page` at a time; `faults` stand in for single pages, `fault` for all."""

    def __init__(self, page: int = 10) -> None:
        super().__init__()
        self.page = page
        self.reviews: list[dict[str, Any]] = []
        self.fault: Fault | None = None
        self.faults: dict[int, Fault] = {}
        self.etag: str | None = None
        self.on_page: Callable[[int], None] = lambda _page: None
        """Called with the number of each page before it is answered."""
        self.endless = False
        """Every page is the first one, and there is always a next."""

    def show(self, *reviews: dict[str, Any]) -> None:
        """Put reviews on top, the first highest."""
        self.reviews[:0] = reviews

    def change(self, name: str, **fields: Any) -> None:
        """Change a review where it stands."""
        next(review for review in self.reviews if review["id"] == name).update(fields)

    def take_down(self, name: str) -> None:
        """Remove a review from the site."""
        self.reviews = [review for review in self.reviews if review["id"] != name]

    def answer(self, path: str, body: bytes) -> Fault:
        number = int(parse_qs(urlsplit(path).query).get("page", ["1"])[0])
        self.on_page(number)
        fault = self.faults.get(number, self.fault)
        if fault:
            return fault
        start = 0 if self.endless else (number - 1) * self.page
        shown = self.reviews[start : start + self.page]
        more = self.endless or start + self.page < len(self.reviews)
        return 200, {"etag": self.etag} if self.etag else {}, json.dumps({"reviews": shown, "next": more}).encode()

    def answer_to(self, path: str, body: bytes, headers: Mapping[str, str]) -> Fault:
        if self.etag and headers.get("if-none-match") == self.etag:
            return 304, {"etag": self.etag}, b""
        return self.answer(path, body)

    def asked(self) -> int:
        """How many requests came since this was last called."""
        with self.lock:
            number = len(self.requests)
            self.requests.clear()
        return number


def written(name: str, at: datetime | None, text: str = "", stars: object = 1, **more: Any) -> dict[str, Any]:
    """One review as the site shows it."""
    said = text or f"Review {name}: the soup was cold and the waiter rude."
    return {"id": name, "text": said, "stars": stars, "at": at.isoformat() if at else None, **more}


def many(
    number: int, newest: datetime, prefix: str = "r", step: timedelta = timedelta(hours=1)
) -> list[dict[str, Any]]:
    """So many reviews, the newest first."""
    return [written(f"{prefix}{number - place}", newest - place * step) for place in range(number)]


class Scripted(Connector):
    """Reads a Board."""

    boards: list[str] = Field([""])
    base_url: str

    def listings(self) -> list[str]:
        return self.boards

    def items(self, http: Http, listing: str) -> Items:
        page = 1
        while True:
            answer = http.get(f"{self.base_url}/{listing}", params={"page": page}).json()
            yield from answer["reviews"]
            if not answer["next"]:
                return
            page += 1

    def review(self, item: Item) -> SiteReview:
        return SiteReview(
            id=item["id"], text=item["text"], rating=item["stars"], written_at=item["at"],
            edited_at=item.get("edited"), author=item.get("author"), url=item.get("url"), title=item.get("title"),
            language=item.get("language"), place=item.get("place"),
        )  # fmt: skip


class Changed(Scripted):
    """Latest created or edited first, everything it ever had."""

    order: ClassVar[Order] = "changed"
    complete: ClassVar[bool] = True


class Newest(Scripted):
    """Newest first; edits stay in place."""

    order: ClassVar[Order] = "newest"
    complete: ClassVar[bool] = True


class Anyhow(Scripted):
    """In no order."""

    complete: ClassVar[bool] = True


class Rationed(Newest):
    """May be asked three times a day."""

    calls_per_day: ClassVar[int | None] = 3


class Buggy(Changed):
    """Its code is broken in a way that no answer explains."""

    bug: str = "RuntimeError"
    place: str = "items"

    def items(self, http: Http, listing: str) -> Items:
        for number, item in enumerate(super().items(http, listing)):
            if self.place == "items" and number:
                raise self._error()
            yield item

    def review(self, item: Item) -> SiteReview:
        if self.place == "review":
            raise self._error()
        return super().review(item)

    def _error(self) -> BaseException:
        errors: dict[str, type[BaseException]] = {
            "RuntimeError": RuntimeError, "RecursionError": RecursionError, "OSError": OSError,
        }  # fmt: skip
        return errors[self.bug]("a bug of its own")


class Speaking(Changed):
    """Shows the owner's replies and takes them, but cannot be asked about single reviews."""

    def post_reply(self, http: Http, key: ReviewKey, text: str) -> None:
        http.post(f"{self.base_url}/{key.id}/reply", json={"text": text})

    def review(self, item: Item) -> SiteReview:
        reply = Reply(text=item["reply"]) if item.get("reply") else None
        return super().review(item).model_copy(update={"reply": reply})


class Stumbling(Speaking):
    """Its code breaks after it has sent a reply."""

    def post_reply(self, http: Http, key: ReviewKey, text: str) -> None:
        super().post_reply(http, key, text)
        raise RuntimeError("a bug of its own")


CONNECTORS = {
    kind.__name__.lower(): Found(kind.__name__.lower(), kind)
    for kind in (Changed, Newest, Anyhow, Rationed, Buggy, Speaking, Stumbling)
}  # fmt: skip
