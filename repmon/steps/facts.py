"""Everything a rule or a message may look at about one event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from repmon.review import EventKind, Review, Understanding


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A reply waiting for a person; `language` is the one it is written in, "" unknown."""

    id: int
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """One event with what is known about it now. Times are aware.

    `values` by kind (all optional, every other key is shown as it is where the kind has no message of its own):
    review.edited: old_rating, new_rating (0-5 or None), old_given, new_given (on the site's scale);
    review.unanswered: hours; reply.rejected: reason;
    source.failing: code, values (of the error), status (refused, changed, down, busy), since (ISO time);
    source.recovered: since, new; source.quiet: days, expected_per_week; source.first_read: reviews, unhappy, new;
    delivery.given_up: target (masked), event, event_key, rule, attempts, code, values (of the last error).
    """

    kind: EventKind
    key: str
    at: datetime
    values: Mapping[str, object]
    source: str
    connector: str
    role: str
    location: str | None
    location_name: str
    timezone: str
    review_id: int | None = None
    review: Review | None = None
    understanding: Understanding | None = None
    unhappy: bool = False
    conflict: bool = False
    draft: DraftFacts | None = None
    version: int = 1
