"""What the database holds when the weeks are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from repmon.store import outbox, views
from repmon.store.database import Database
from repmon.store.handles import Row


@dataclass(frozen=True)
class Stored:
    """Reviews newest first, drafts newest first, and how many messages have not arrived."""

    reviews: Sequence[Row[Any]]
    drafts: Sequence[Row[Any]]
    undelivered: int


def stored(database: Database) -> Stored:
    """Look once."""
    with database.read() as session:
        reviews = views.reviews_by_id(session, views.review_ids(session))
        failed = len(views.delivery_rows(session, ["failed"]))
        return Stored(reviews, views.draft_rows(session), outbox.undelivered(session) + failed)
