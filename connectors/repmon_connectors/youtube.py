"""YouTube: comments under the videos of a channel, or under single videos.

Terms: https://developers.google.com/youtube/terms/developer-policies (stored data is refreshed or deleted in 30 days)
Documentation: https://developers.google.com/youtube/v3/docs/commentThreads/list
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from repmon.connector import Http, Item, Items, Reply, ReviewKey, Secret, SiteReview
from repmon_connectors._next import once
from repmon_connectors._words import Search, Words

Video = Annotated[str, StringConstraints(pattern=r"^[\w-]{11}$")]
PAGE_SIZE = 100  # the most YouTube gives


class YouTube(Search):
    """Comments on YouTube, under all videos of a channel or under single ones: mentions, without stars."""

    order = "newest"
    min_every = timedelta(minutes=15)
    calls_per_day = 10_000
    calls_per_second = 1.0
    recheck_every = timedelta(days=21)
    forget_removed = True
    sees_replies = True
    terms = "https://developers.google.com/youtube/terms/developer-policies"

    channel: Annotated[str, StringConstraints(pattern=r"^(UC[\w-]{22})?$")] = Field(
        "", description="The id of the channel, which begins with `UC`: all its videos are read."
    )
    videos: list[Video] = Field([], description="Ids of single videos, eleven letters each; others' too.")
    names: list[Words] = Field([], description="Read only comments that say one of these; leave it out to read all.")
    api_key: Secret = Field(description="From the Google Cloud console, for the YouTube Data API v3.")
    base_url: str = Field("https://www.googleapis.com/youtube/v3", description="Where YouTube is asked.")

    @model_validator(mode="after")
    def _reads_something(self) -> Self:
        if not (self.channel or self.videos):
            raise ValueError("needs a `channel`, or `videos`")
        return self

    def listings(self) -> Sequence[str]:
        """The channel, and each of the single videos."""
        return list(dict.fromkeys(filter(None, (self.channel, *self.videos))))

    def items(self, http: Http, listing: str) -> Items:
        """Read the comments, newest first; what the channel itself wrote is left out, and so are answers to others."""
        which = "allThreadsRelatedToChannelId" if listing == self.channel else "videoId"
        params: dict[str, str | int] = {which: listing, "order": "time", "maxResults": PAGE_SIZE}
        tokens = set[str]()
        while True:
            page = self._ask(http, params)
            if not page["items"] and not tokens:
                http.note("youtube_no_comments", where=listing)
            yield from (each for each in page["items"] if self._is_wanted(each))
            token = page.get("nextPageToken")
            if not token:
                return
            params["pageToken"] = once(token, tokens)

    def review(self, item: Item) -> SiteReview:
        """One comment and, where the channel answered it, that answer."""
        thread = item["snippet"]
        said = thread["topLevelComment"]["snippet"]
        written, updated, video = said["publishedAt"], said.get("updatedAt"), thread.get("videoId")
        return SiteReview(
            id=item["id"],
            kind="mention",
            text=said["textDisplay"],
            author=said.get("authorDisplayName"),
            url=f"https://www.youtube.com/watch?v={video}&lc={item['id']}" if video else None,
            written_at=written,
            edited_at=updated if updated != written else None,
            reply=self._reply((item.get("replies") or {}).get("comments", [])),
        )

    def recheck(self, http: Http, keys: Sequence[ReviewKey]) -> Items:
        """Ask about many at once; YouTube leaves out those that are gone."""
        yield from self._ask(http, {"id": ",".join(key.id for key in keys)})["items"]

    def _ask(self, http: Http, params: dict[str, str | int]) -> Item:
        asked: dict[str, str | int] = {"part": "snippet,replies", "textFormat": "plainText", **params}
        headers = {"x-goog-api-key": self.api_key.get_secret_value()}
        return http.get(f"{self.base_url.rstrip('/')}/commentThreads", params=asked, headers=headers).json()

    def _is_wanted(self, item: Item) -> bool:
        """One that cannot be looked at is kept: it is set aside later, where the owner sees it."""
        match item:
            case {"snippet": {"topLevelComment": {"snippet": {"textDisplay": str(text)} as said}}}:
                return self.fits(text) and not (self.channel and _author(said) == self.channel)
        return True

    def _reply(self, answers: Sequence[Item]) -> Reply | None:
        """The channel's first answer."""
        said = (each["snippet"] for each in answers)
        first = next((each for each in said if self.channel and _author(each) == self.channel), None)
        return Reply(text=first["textDisplay"], at=first.get("publishedAt")) if first else None


def _author(said: Item) -> str | None:
    match said:
        case {"authorChannelId": {"value": str(channel)}}:
            return channel
    return None
