"""Everything a rule or a message may look at about one event, gathered from the database now."""

from collections.abc import Iterator
from typing import cast

from repmon.review import EventKind, Label, Sentiment, Understanding, is_unhappy
from repmon.steps.alerting.facts import DraftFacts, Facts, Sample
from repmon.store import drafts, reviews
from repmon.store.handles import Session
from repmon.store.tables import EventRow, SourceRow
from repmon.turn.world import World

SAMPLES = 3


def facts_of(world: World, session: Session, event: EventRow) -> Facts:
    """The event with its source, review and draft as they are at this moment."""
    source = session.get(SourceRow, event.source_id) if event.source_id else None
    row = reviews.find(session, event.review_id) if event.review_id else None
    business = world.settings.business_of(event.location)
    review = reviews.as_review(row, source.name if source else "") if row else None
    understanding = reviews.as_understanding(row) if row else None
    draft = drafts.draft_of(session, row.id or 0) if row else None
    return Facts(
        kind=cast("EventKind", event.kind), key=event.key, at=event.at, values=event.values,
        source=source.name if source else "", connector=source.connector if source else "",
        role=source.role if source else "own", location=event.location, location_name=business.name,
        timezone=business.timezone, review_id=row.id if row else None, review=review, understanding=understanding,
        unhappy=row is not None and review is not None
        and is_unhappy(review, _sentiment(understanding), cast("Label | None", row.corrected_label)),
        conflict=bool(understanding and understanding.sentiment.conflict),
        draft=DraftFacts(draft.id or 0, draft.text, draft.language, draft.version) if draft else None,
        version=row.version if row else 1, samples=tuple(_samples(session, event)),
    )  # fmt: skip


def _samples(session: Session, event: EventRow) -> Iterator[Sample]:
    """Some of the reviews of an incident; what was erased or taken down meanwhile is left out."""
    for review_id in event.values.get("review_ids", ())[:SAMPLES]:
        row = reviews.find(session, review_id)
        if row is not None and row.removed_at is None:
            yield Sample(review_id, reviews.as_review(row, session.get_one(SourceRow, row.source_id).name))


def _sentiment(understanding: Understanding | None) -> Sentiment | None:
    return understanding.sentiment if understanding else None
