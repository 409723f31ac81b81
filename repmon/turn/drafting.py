"""The third arrow: a reply worth sending for each unhappy review, for a person to decide about."""

from collections.abc import Mapping, Sequence
from typing import Any

from repmon.config import Source
from repmon.review import Sentiment, Understanding
from repmon.steps.drafting import draft as compose
from repmon.store import drafts, reviews
from repmon.store.handles import Row
from repmon.turn.failures import set_back
from repmon.turn.linting import as_business, check, stored
from repmon.turn.understand import sources_by_row
from repmon.turn.world import World

BATCH = 50


def draft(world: World) -> int:
    """Draft a reply for every review that waits for one; how many were drafted."""
    done = 0
    while not world.stopping.is_set():
        with world.database.read() as session:
            rows = reviews.waiting_for(session, "draft", world.clock(), BATCH)
        if not rows:
            break
        sources = sources_by_row(world)
        for row in rows:
            source = sources.get(row.source_id)
            try:
                done += _draft_one(world, row, source) if source else _none_wanted(world, row.id)
            except Exception as error:  # noqa: BLE001 - as in understand: this row waits, the others go on
                set_back(world, row.id, "draft", error)
    return done


def _none_wanted(world: World, review_id: int) -> bool:
    """A source that has left the configuration since gets no drafts any more."""
    with world.database.write() as session:
        reviews.step_done(session, review_id)
    return False


def _draft_one(world: World, row: Row[Any], source: Source) -> bool:
    """Compose outside the transaction, then write: the text in hand is of `row.version`, and only then holds."""
    business = world.settings.business_of(row.location)
    with world.database.read() as session:
        used, last_text = drafts.recent_drafts(session)
    written = compose.draft(
        reviews.as_review(row, source.id), reviews.as_understanding(row) or _nothing_known(), as_business(business),
        packs=world.packs, used=used, last_text=last_text, limit=source.settings.reply, edited=row.version > 1,
    )  # fmt: skip
    remarks = _checked(world, row, source, written) if written else []
    with world.database.write() as session:
        now_stored = reviews.find(session, row.id)
        if now_stored is None or now_stored.version != row.version or now_stored.step != "draft":
            return False
        if written is not None:
            drafts.add_draft(session, row.id, row.version, {**_columns(written), "lint": remarks}, world.clock())
        reviews.step_done(session, row.id)
    return written is not None


def _checked(world: World, row: Row[Any], source: Source, written: compose.Draft) -> Sequence[Mapping[str, object]]:
    with world.database.read() as session:
        return stored(check(world, session, row, source.id, written.text))


def _columns(written: compose.Draft) -> Mapping[str, Any]:
    explanation = [[code, dict(values)] for code, values in written.explanation]
    return {"text": written.text, "language": written.language, "template": written.template,
            "variants": list(written.variants), "explanation": explanation}  # fmt: skip


def _nothing_known() -> Understanding:
    """A draft without an understanding goes by the stars alone."""
    return Understanding(Sentiment("unknown"))
