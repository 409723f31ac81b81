"""A good connector for a made-up site; the bad ones differ from it in one thing each."""

from collections.abc import Sequence
from datetime import timedelta

from repmon.connector import Connector, Http, Item, Items, Reply, ReplyLimit, ReviewKey, Secret, SiteReview


class Acme(Connector):
    """One listing on Acme."""

    order = "changed"
    min_every = timedelta(minutes=5)
    sees_replies = True
    reply = ReplyLimit(1000)

    listing: str
    token: Secret
    base_url: str = "https://api.acme.example/v1"

    def items(self, http: Http, listing: str) -> Items:
        auth = {"authorization": f"Bearer {self.token.get_secret_value()}"}
        url = f"{self.base_url}/listings/{self.listing}/reviews"
        while url:
            page = http.get(url, headers=auth).json()
            yield from page["reviews"]
            url = page["next"]

    def review(self, item: Item) -> SiteReview:
        reply = item.get("reply")
        return SiteReview(
            id=item["id"],
            text=item.get("body"),
            rating=item.get("stars"),
            author=item.get("name"),
            written_at=item["at"],
            edited_at=item.get("changed"),
            reply=Reply(text=reply["body"], at=reply["at"]) if reply else None,
        )

    def recheck(self, http: Http, keys: Sequence[ReviewKey]) -> Items:
        for key in keys:
            yield http.get(f"{self.base_url}/reviews/{key.id}", headers=self._auth()).json()

    def post_reply(self, http: Http, key: ReviewKey, text: str) -> None:
        http.post(f"{self.base_url}/reviews/{key.id}/reply", json={"body": text}, headers=self._auth())

    def _auth(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token.get_secret_value()}"}


def _item(number: int, stars: int | None, at: str, **more: object) -> dict[str, object]:
    return {"id": f"r{number}", "stars": stars, "body": f"Text of {number}", "name": "Nadia Smit", "at": at, **more}


PAGES = [
    {
        "reviews": [
            _item(1, 2, "2025-01-01T10:00:00Z", changed="2025-03-01T09:00:00+01:00"),
            _item(5, 5, "2025-02-05T10:00:00Z", reply={"body": "Thank you", "at": "2025-02-06T10:00:00Z"}),
            _item(4, 1, "2025-02-04T10:00:00Z"),
        ],
        "next": "{site}/v1/listings/aurora/reviews?page=2",
    },
    {
        "reviews": [_item(3, None, "2025-02-03T10:00:00Z"), _item(2, 4, "2025-02-02T10:00:00Z")],
        "next": None,
    },
]
SETTINGS = {"listing": "aurora", "token": "made-up-acme-token", "base_url": "{site}/v1"}
ONE = PAGES[0]["reviews"][0]
