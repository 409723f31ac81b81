"""Discourse: posts in a forum that name you.

Terms: each forum has its own, mostly under `/tos`
Documentation: https://docs.discourse.org/ (search), https://meta.discourse.org/t/31279 (its operators)
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import product
from typing import Annotated

from pydantic import Field, StringConstraints

from repmon.connector import Http, Item, Items, Secret, SiteReview, SourceChanged, SourceRefused
from repmon_connectors._words import Search, phrase

LAST_PAGE = 10  # the forum refuses pages beyond


class Discourse(Search):
    """Posts in one Discourse forum that name you, a piece of each: mentions, without stars."""

    # One listing for all names, always read to its end: which piece of a post is shown depends on what was looked
    # for. A post found by two names, each a listing, would seem to be edited at every turn.
    window = "500 newest a name"
    min_every = timedelta(minutes=15)
    calls_per_second = 1.0
    terms = "https://www.discourse.org/terms"

    url: Annotated[str, StringConstraints(pattern="^https?://")] = Field(
        description="The forum's address, `https://forum.example`."
    )
    api_key: Secret = Field(Secret(""), description="Only for a forum that shows nothing without login.")
    api_username: str = Field("", description="Whose key it is.")

    def listings(self) -> Sequence[str]:
        """One: the forum."""
        return ("",)

    def items(self, http: Http, listing: str) -> Items:  # noqa: ARG002 - a forum is one listing
        """Look for every name, with each of the words of which one is required; a post is given once."""
        seen = set[int]()
        for name, required in product(dict.fromkeys(self.names), self.required or [""]):
            for post in self._found(http, [each for each in (name, required) if each]):
                match post:
                    case {"id": int(number)}:
                        if number not in seen:
                            yield post
                        seen.add(number)
                    case _:
                        yield post  # it is set aside later, where the owner sees it

    def review(self, item: Item) -> SiteReview:
        """One post, or the piece of it that the search shows."""
        topic = item.get("topic") or {}
        return SiteReview(
            id=item["id"],
            kind="mention",
            title=topic.get("title"),
            text=item["blurb"],
            author=item.get("name") or item.get("username"),
            url=f"{self.url.rstrip('/')}/t/{topic.get('slug') or '-'}/{item['topic_id']}/{item['post_number']}",
            written_at=item["created_at"],
        )

    def _found(self, http: Http, words: Sequence[str]) -> Items:
        """Search for posts with all of these words, newest first, each with its topic."""
        headers = {"api-key": self.api_key.get_secret_value()} if self.api_key else {}
        if self.api_username:
            headers["api-username"] = self.api_username
        query = " ".join([*map(phrase, words), "order:latest"])
        for page in range(1, LAST_PAGE + 1):
            asked: dict[str, str | int] = {"q": query, "page": page}
            answer = http.get(f"{self.url.rstrip('/')}/search.json", params=asked, headers=headers).json()
            result = _result(answer)
            posts = answer.get("posts") or []
            if page == 1 and not posts:
                http.note("search_found_nothing", name=" + ".join(words))
            topics = {each["id"]: each for each in answer.get("topics") or []}
            yield from (post for post in (_in_topic(each, topics) for each in posts) if self._is_wanted(post, words))
            if not posts or not result.get("more_full_page_results"):
                return

    def _is_wanted(self, post: Item, words: Sequence[str]) -> bool:
        """What was looked for stands in the post, though perhaps not in the piece shown; what is forbidden may not."""
        match post:
            case {"blurb": str(text), "topic": {"title": str(title)}}:
                return self.fits(*words, title, text)
        return True


def _result(answer: Item) -> Item:
    """What the forum says about its search; it has nothing to say when it found nothing."""
    if isinstance(answer, list):
        raise SourceChanged("discourse_too_old")
    result = answer["grouped_search_result"] or {}
    if result.get("error"):
        raise SourceRefused("discourse_search_refused", said=str(result["error"])[:160])
    return result


def _in_topic(post: Item, topics: Item) -> Item:
    match post:
        case {"topic_id": int(number)} if number in topics:
            return {**post, "topic": {key: topics[number].get(key) for key in ("title", "slug")}}
    return post
