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
    version: int = 1


@dataclass(frozen=True, slots=True)
class Sample:
    """One review of several that an event is about; `id` is its number with us."""

    id: int
    review: Review


@dataclass(frozen=True, slots=True)
class Facts:
    """One event with what is known about it now. Times are aware.

    `values` by kind (all optional, every other key is shown as it is where the kind has no message of its own):
    review.edited: old_rating, new_rating (0-5 or None), old_given, new_given (on the site's scale);
    incident.*: incident, unhappy (so far), before (told so far), usual (expected in the time), hours (of that time),
    reviews (of all kinds in it), since (ISO time of the first), topics ([name, how many]), review_ids, channels;
    incident.closed also: calm_hours, answered, waiting, rated_since, stars_since (mean, None without any);
    review.unanswered: step, hours, next (who is told next, None for nobody), next_hours (until then);
    reply.rejected: reason (the site's words), or code and values;
    rating.dropped: before, now (mean stars), days, reviews, before_reviews (how many each rests on);
    source.failing: code, values (of the error), status (refused, changed, down, busy), since (ISO time);
    source.recovered: since, new; source.quiet: days, expected (in those days) or
    expected_per_week; source.first_read: reviews, unhappy, new;
    delivery.given_up: target (masked), event, event_key, rule, attempts, code, values (of the last error);
    daemon.restarted: since, until (ISO times), times, crashes (of these), sources, asked (of those), new (reviews found
    by then).
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
    samples: tuple[Sample, ...] = ()
    """Of what several reviews are about: some of them, the newest first, as they are stored now."""
