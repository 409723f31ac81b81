"""The second arrow: what a review says (label, reasons, topics), and whether it needs an answer."""

from typing import Any

from repmon.config import Business, Source
from repmon.review import Review, Understanding, is_unhappy
from repmon.steps.score import score
from repmon.steps.topics import topics_of
from repmon.store import reviews
from repmon.store.handles import Row
from repmon.turn.failures import set_back
from repmon.turn.world import World

BATCH = 500


def understand(world: World) -> int:
    """Understand every review that waits for it; how many were."""
    done = 0
    while not world.stopping.is_set():
        with world.database.read() as session:
            rows = reviews.waiting_for(session, "understand", world.clock(), BATCH)
        if not rows:
            break
        reader = Reader(world)
        results = [result for row in rows if (result := reader.read(row)) is not None]
        with world.database.write() as session:
            reviews.understood(session, results)
        done += len(results)
    return done


class Reader:
    """Understands stored rows one by one; a row it stumbles over is counted and left for later."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sources = sources_by_row(world)
        self._own = dict(world.settings.topics.own)

    def read(self, row: Row[Any]) -> dict[str, Any] | None:
        """The columns to write for one row, or None where the step failed."""
        source = self.sources.get(row.source_id)
        business = self.world.settings.business_of(row.location)
        try:
            review = reviews.as_review(row, source.id if source else "")
            understanding = self._understanding(review, business)
        except Exception as error:  # noqa: BLE001 - one poisoned text must not hold up the others; it is kept and shown
            set_back(self.world, row.id, "understand", error)
            return None
        unhappy = is_unhappy(review, understanding.sentiment, row.corrected_label)
        return {
            **reviews.as_columns(understanding), "unhappy": unhappy, "attempts": 0,
            "step": "draft" if unhappy and _wants_draft(row, source) else "done",
            "id": row.id, "version": row.version,
        }  # fmt: skip

    def _understanding(self, review: Review, business: Business) -> Understanding:
        sentiment = score(review, business.languages)
        text = review.translation or review.text
        topics = topics_of(f"{review.title}\n{text}" if review.title else text, sentiment.language, business.trade,
                           self._own, sentiment.reasons)  # fmt: skip
        return Understanding(sentiment, topics)


def _wants_draft(row: Row[Any], source: Source | None) -> bool:
    """History gets no drafts unless asked, competitors and answered reviews never."""
    if source is None or source.role != "own" or row.state not in {"open", "drafted"}:
        return False
    return not row.history or source.drafts_for_history


def sources_by_row(world: World) -> dict[int, Source]:
    """The configured sources by the number of their row."""
    from repmon.store.sources import all_sources  # noqa: PLC0415

    configured = {source.id: source for source in world.settings.sources}
    with world.database.read() as session:
        return {row.id or 0: configured[row.name] for row in all_sources(session) if row.name in configured}
