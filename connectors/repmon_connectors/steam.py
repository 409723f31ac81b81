"""Steam: what players write about a game, thumbs up or down.

Terms: https://steamcommunity.com/dev/apiterms
The endpoint of api.steampowered.com is not documented; its shape is known from independent clients, and the fields are
those of https://partner.steamgames.com/doc/store/getreviews, whose own address was switched off in October 2026.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Literal

from pydantic import Field

from repmon.connector import Connector, Http, Item, Items, Reply, SiteReview

PAGE_SIZE = 100  # the most Steam gives
RECENT, ALL_TYPES, ALL_PURCHASES = 1, 0, 1
LANGUAGES = {
    "brazilian": "pt-BR", "bulgarian": "bg", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en",
    "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hungarian": "hu", "indonesian": "id",
    "italian": "it", "japanese": "ja", "koreana": "ko", "latam": "es-419", "norwegian": "no", "polish": "pl",
    "portuguese": "pt", "romanian": "ro", "russian": "ru", "schinese": "zh-Hans", "spanish": "es", "swedish": "sv",
    "tchinese": "zh-Hant", "thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip
"""Steam's names of languages, https://partner.steamgames.com/doc/store/localization/languages."""


class Steam(Connector):
    """One game or tool on Steam, in all languages; thumbs instead of stars. Replies are shown, but not taken."""

    order = "newest"
    complete = True
    min_every = timedelta(minutes=15)
    calls_per_second = 0.5
    sees_replies = True
    terms = "https://steamcommunity.com/dev/apiterms"

    app_id: str = Field(coerce_numbers_to_str=True, pattern=r"^\d+$", description="The number in the store's address.")
    endpoint: Literal["service", "store"] = Field(
        "service", description="`service`, or `store` for the old address, should it answer again."
    )
    base_url: str = Field("https://api.steampowered.com", description="Where Steam is asked.")

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - a game is one listing
        """Read the reviews, newest first, until a page is empty or gives back a known cursor; pages may be short."""
        cursor, seen = "*", set[str]()
        while cursor and cursor not in seen:
            seen.add(cursor)
            answer = http.get(self._url(), params=self._params(cursor)).json()
            page = answer["response"] if self.endpoint == "service" else answer
            reviews = page.get("reviews", [])
            if not reviews:
                if len(seen) == 1 and not page["query_summary"]["num_reviews"]:
                    http.note("steam_no_reviews", app=self.app_id)
                return
            yield from reviews
            cursor = page.get("cursor", "")

    def review(self, item: Item) -> SiteReview:
        """One review; a thumb is no star."""
        written, updated = _moment(item["timestamp_created"]), _moment(item.get("timestamp_updated"))
        author = item.get("author") or {}
        return SiteReview(
            id=item["recommendationid"],
            scale="thumb",
            recommended=item["voted_up"],
            text=item["review"],
            language=LANGUAGES.get(item.get("language", "")),
            author=author.get("personaname"),
            url=_page_of(author.get("steamid"), self.app_id),
            written_at=written,
            edited_at=updated if updated != written else None,
            reply=_reply(item),
        )

    def _url(self) -> str:
        path = "IUserReviewsService/GetAppReviews/v1/" if self.endpoint == "service" else f"appreviews/{self.app_id}"
        return f"{self.base_url.rstrip('/')}/{path}"

    def _params(self, cursor: str) -> dict[str, str | int]:
        if self.endpoint == "store":
            return {"json": 1, "filter": "recent", "language": "all", "purchase_type": "all", "num_per_page": PAGE_SIZE,
                    "filter_offtopic_activity": 0, "cursor": cursor}  # fmt: skip
        wanted = {"appid": int(self.app_id), "filter": RECENT, "languages": ["all"], "review_type": ALL_TYPES,
                  "purchase_type": ALL_PURCHASES, "num_per_page": PAGE_SIZE, "filter_offtopic_activity": False,
                  "cursor": cursor}  # fmt: skip
        return {"input_json": json.dumps(wanted, separators=(",", ":"))}


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def _page_of(player: str | None, app_id: str) -> str | None:
    return f"https://steamcommunity.com/profiles/{player}/recommended/{app_id}/" if player else None


def _reply(item: Item) -> Reply | None:
    text = item.get("developer_response")
    return Reply(text=text, at=_moment(item.get("timestamp_dev_responded"))) if text else None
