"""The second arrow: what a review says (label, reasons, topics), and whether it needs an answer."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from repmon.config import Business, Source
from repmon.review import Review, Sentiment, Understanding, is_unhappy
from repmon.steps.model.learned import read_with
from repmon.steps.understanding.score import score
from repmon.steps.understanding.topics import topics_of
from repmon.store import models, reviews
from repmon.store.handles import Row
from repmon.store.sources import all_sources
from repmon.turn.failures import set_back
from repmon.turn.wanted import wants_draft
from repmon.turn.world import World

BATCH = 500
_Done = TypeVar("_Done")


def understand(world: World, *, newest_first: bool = False) -> int:
    """Understand every review that waits for it, the oldest first unless told otherwise; how many were."""
    done = 0
    while not world.stopping.is_set():
        with world.database.read() as session:
            rows = reviews.waiting_for(session, "understand", world.clock(), BATCH, reviews.TO_UNDERSTAND,
                                       newest_first=newest_first)  # fmt: skip
        if not rows:
            break
        reader = Reader(world)
        results = reader.read(rows)
        with world.database.write() as session:
            reviews.understood(session, results)
        done += len(results)
    return done


class Reader:
    """Understands stored rows; one it stumbles over is counted, left for later, and holds up no other.

    Each step is done for all rows before the next begins: while the processor's caches hold the code and the word lists
    of one step, the rows go through it a fifth faster than row by row through all of them.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.sources = sources_by_row(world)
        self._own = dict(world.settings.topics.own)
        with world.database.read() as session:
            self._models = models.active(session)
        self._businesses: dict[str | None, Business] = {}

    def read(self, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
        """The columns to write for each row, but for those that failed."""
        reviewed = self._each(self._review, [(row,) for row in rows])
        scored = self._each(self._score, reviewed)
        understood = self._each(self._learned, self._each(self._topics, scored))
        return [self._columns(*one) for one in understood]

    def _each(self, step: Callable[..., _Done], given: Iterable[tuple[Any, ...]]) -> list[_Done]:
        """Do a step for each row, the first of what it is given."""
        done: list[_Done] = []
        for one in given:
            try:
                done.append(step(*one))
            except Exception as error:  # noqa: BLE001 - one poisoned text must not hold up the others; it is kept and shown
                set_back(self.world, one[0].id, "understand", error)
        return done

    def _review(self, row: Row[Any]) -> tuple[Row[Any], Review]:
        source = self.sources.get(row.source_id)
        return row, reviews.as_said(row, source.id if source else "")

    def _score(self, row: Row[Any], review: Review) -> tuple[Row[Any], Review, Sentiment]:
        return row, review, score(review, self._business(row.location).languages)

    def _learned(self, row: Row[Any], review: Review, plain: Understanding) -> tuple[Row[Any], Review, Understanding]:
        """Let what was learned from the owner's stars judge; topics keep the tone of the plain words."""
        if not self._models:
            return row, review, plain
        return row, review, Understanding(read_with(self._models, review, plain.sentiment), plain.topics)

    def _topics(self, row: Row[Any], review: Review, sentiment: Sentiment) -> tuple[Row[Any], Review, Understanding]:
        text = review.translation or review.text
        topics = topics_of(f"{review.title}\n{text}" if review.title else text, sentiment.language,
                           self._business(row.location).trade, self._own, sentiment.reasons)  # fmt: skip
        return row, review, Understanding(sentiment, topics)

    def _columns(self, row: Row[Any], review: Review, understanding: Understanding) -> dict[str, Any]:
        unhappy = is_unhappy(review, understanding.sentiment, row.corrected_label)
        source = self.sources.get(row.source_id)
        wanted = wants_draft(self.world, row, source, review, understanding.sentiment, unhappy=unhappy)
        return {
            **reviews.as_columns(understanding), "unhappy": unhappy, "attempts": 0,
            "step": "draft" if wanted else "done",
            "id": row.id, "version": row.version,
        }  # fmt: skip

    def _business(self, location: str | None) -> Business:
        """Remember each location's business: settings put it together anew whenever asked."""
        if location not in self._businesses:
            self._businesses[location] = self.world.settings.business_of(location)
        return self._businesses[location]


def sources_by_row(world: World) -> dict[int, Source]:
    """The configured sources by the number of their row."""
    configured = {source.id: source for source in world.settings.sources}
    with world.database.read() as session:
        return {row.id or 0: configured[row.name] for row in all_sources(session) if row.name in configured}
