"""Everything known about one review, gathered in one look at the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from repmon.store import reviews, timeline, views
from repmon.store.handles import Row
from repmon.store.tables import NoteRow, VersionRow
from repmon.web.visit import NotFound, Visit

UNDECIDED = frozenset({"pending", "approved", "posting"})
LARGEST = 2**31 - 1
OPEN_TO_EDITS = frozenset({"pending", "approved", "rejected", "failed", "outdated"})


@dataclass(frozen=True)
class Whole:
    """One review and all that belongs to it; `drafts` newest first, everything else oldest first."""

    review: Row[Any]
    versions: Sequence[VersionRow]
    drafts: Sequence[Row[Any]]
    events: Sequence[Row[Any]]
    decisions: Sequence[Row[Any]]
    deliveries: Sequence[Row[Any]]
    attempts: Sequence[Row[Any]]
    notes: Sequence[NoteRow]
    acts: Sequence[Row[Any]]

    @property
    def draft(self) -> Row[Any] | None:
        """The draft to speak of: the one that waits, else the newest."""
        waiting = (each for each in self.drafts if each.state in UNDECIDED)
        return next(waiting, self.drafts[0] if self.drafts else None)


def number_of(visit: Visit) -> int:
    """The number in the address; NotFound for one that no database takes."""
    number = int(visit.request.path_params["id"])
    if number > LARGEST:
        raise NotFound
    return number


def whole(visit: Visit, review_id: int) -> Whole:
    """Gather it. NotFound when there is no such review, or it is not this visitor's to see."""
    with visit.world.database.read() as session:
        found = views.reviews_by_id(session, [review_id])
        if not found or not visit.visitor.sees(found[0].location):
            raise NotFound
        drafts = views.draft_rows(session, review_id=review_id)
        deliveries = views.delivery_rows(session, review_id=review_id)[::-1]
        return Whole(
            found[0], reviews.versions_of(session, review_id), drafts, views.events_of(session, review_id),
            views.decisions_of(session, review_id), deliveries,
            timeline.attempts_of(session, [each.id for each in deliveries]), timeline.notes_of(session, review_id),
            timeline.acts_on(session, review_id, [each.id for each in drafts]),
        )  # fmt: skip


def mine(visit: Visit, review_id: int) -> None:
    """NotFound unless there is such a review and it is this visitor's to see."""
    with visit.world.database.read() as session:
        row = reviews.find(session, review_id)
    if row is None or not visit.visitor.sees(row.location):
        raise NotFound
