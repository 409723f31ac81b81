"""Taking in what a site showed: new reviews, and edits with the earlier version kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from repmon.review import Review
from repmon.steps.plan import Verdict
from repmon.store import events, off_topic, outcomes, replies
from repmon.store.bulk import insert_rows
from repmon.store.drafts import outdate_drafts
from repmon.store.search import indexed_together
from repmon.store.statements import table_of
from repmon.store.tables import ReviewRow, SourceRow, TombstoneRow, VersionRow

REVIEW, SOURCE = table_of(ReviewRow), table_of(SourceRow)
KNOWN = (
    REVIEW.c.id, REVIEW.c.place, REVIEW.c.external_id, REVIEW.c.content_hash, REVIEW.c.missed_sweeps,
    REVIEW.c.removed_at, REVIEW.c.reply_text, REVIEW.c.reply_state, REVIEW.c.answered_at, REVIEW.c.dismissed_at,
    REVIEW.c.outcome, REVIEW.c.outcome_at, REVIEW.c.answered_rating, REVIEW.c.rating, REVIEW.c.given,
    REVIEW.c.recommended,
)  # fmt: skip

Identity = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One review as it came: in our words, in its raw form, and whether it is news or history."""

    review: Review
    raw: str | None
    content_hash: str
    location: str | None
    quiet: bool
    keep_text_until: datetime | None = None

    @property
    def identity(self) -> Identity:
        """What makes it this review and no other, within its source."""
        return self.review.place, self.review.external_id


def take_in(
    session: Session, source_id: int, listing_id: int, arrivals: Sequence[Arrival], now: datetime
) -> list[Verdict]:
    """Store one page of a listing; one verdict for each arrival, in order. Identities must differ from each other.

    Whoever stores for the same source at the same time waits for us (on SQLite every writer does anyway).
    """
    session.connection().execute(select(SOURCE.c.id).where(SOURCE.c.id == source_id).with_for_update(key_share=True))
    known = _known(session, source_id, arrivals)
    erased = _erased(session, source_id, [a for a in arrivals if a.identity not in known])
    verdicts: list[Verdict] = []
    fresh: list[Arrival] = []
    for arrival in arrivals:
        row = known.get(arrival.identity)
        if row is not None:
            verdicts.append(_seen_again(session, row, arrival, now))
        elif erased and grave(arrival.identity) in erased:
            verdicts.append("erased")
        else:
            verdicts.append("new")
            fresh.append(arrival)
    _insert(session, source_id, listing_id, fresh, now)
    return verdicts


def _known(session: Session, source_id: int, arrivals: Sequence[Arrival]) -> dict[Identity, Any]:
    """Look them up by all of their identity: without the places, every row of the source would be looked at."""
    ids = [arrival.review.external_id for arrival in arrivals]
    places = {arrival.review.place for arrival in arrivals}
    rows = session.connection().execute(
        select(*KNOWN).where(REVIEW.c.source_id == source_id, REVIEW.c.place.in_(places), REVIEW.c.external_id.in_(ids))
    )
    return {(row.place, row.external_id): row for row in rows}


def _erased(session: Session, source_id: int, arrivals: Sequence[Arrival]) -> set[str]:
    if not arrivals:
        return set()
    graves = table_of(TombstoneRow)
    any_grave = select(graves.c.id).where(graves.c.source_id == source_id).limit(1)
    if session.connection().execute(any_grave).first() is None:
        return set()  # nearly always, and spares a digest for each review
    wanted = [grave(arrival.identity) for arrival in arrivals]
    found = session.connection().execute(
        select(graves.c.identity).where(graves.c.source_id == source_id, graves.c.identity.in_(wanted))
    )
    return set(found.scalars())


def grave(identity: Identity) -> str:
    """An identity as a tombstone keeps it: recognisable, not readable."""
    return hashlib.sha256("\0".join(identity).encode("utf-8", "surrogatepass")).hexdigest()


def _seen_again(session: Session, row: Any, arrival: Arrival, now: datetime) -> Verdict:
    if row.removed_at:
        _change(session, row.id, missed_sweeps=0, removed_at=None, state=_state_before(row),
                **outcomes.after_return(row))  # fmt: skip
    elif row.missed_sweeps:
        _change(session, row.id, missed_sweeps=0)
    reply = arrival.review.reply
    if reply and (reply.text, reply.state) != (row.reply_text, row.reply_state):
        replies.seen(session, row.id, reply, now)
    if row.content_hash == arrival.content_hash:
        return "known"
    _edit(session, row.id, arrival, now)
    return "edited"


def _state_before(row: Any) -> str:
    """The state of a review that was gone and is there again."""
    if row.reply_text is not None or row.answered_at:
        return "answered"
    return "dismissed" if row.dismissed_at else "open"


def _edit(session: Session, review_id: int, arrival: Arrival, now: datetime) -> None:
    """Keep what the review said, put in what it says now, and let it be understood anew."""
    old = session.connection().execute(select(REVIEW).where(REVIEW.c.id == review_id)).one()
    session.connection().execute(
        insert(table_of(VersionRow)).values(
            review_id=review_id, version=old.version, rating=old.rating, given=old.given, recommended=old.recommended,
            title=old.title, text=old.text, raw=old.raw, content_hash=old.content_hash, label=old.label,
            edited_at=old.edited_at, replaced_at=now,
        )
    )  # fmt: skip
    version = old.version + 1
    reopened = {"state": "open"} if old.state == "drafted" else {}
    _change(session, review_id, **_content(arrival), at=arrival.review.written_at or old.first_seen_at,
            version=version, step="understand", attempts=0, next_attempt_at=None, quarantined_at=None, error=None,
            history=False, label=None, reasons=None, topics=None, keep_text_until=arrival.keep_text_until, **reopened,
            **outcomes.after_edit(old, arrival.review, now))  # fmt: skip
    for draft_id in outdate_drafts(session, review_id, now):
        replies.say_outdated(session, old, draft_id, now)
    if old.state == "dismissed" and any(off_topic.reasons_to_dismiss(session, old.source_id, [arrival.review])):
        return  # off-topic as before: nobody wants to hear of it
    events.raise_event(
        session, f"review.edited/{review_id}/{version}", "review.edited", now, source_id=old.source_id,
        review_id=review_id, location=old.location,
        values={"version": version, "old_rating": old.rating, "new_rating": arrival.review.rating,
                "old_given": old.given, "new_given": arrival.review.given, "scale": arrival.review.scale,
                "text_changed": (old.title, old.text) != (arrival.review.title, arrival.review.text)},
    )  # fmt: skip


def _insert(session: Session, source_id: int, listing_id: int, fresh: Sequence[Arrival], now: datetime) -> None:
    if not fresh:
        return
    reasons = off_topic.reasons_to_dismiss(session, source_id, [arrival.review for arrival in fresh])
    rows = [
        {
            **_content(arrival),
            "source_id": source_id, "listing_id": listing_id, "place": arrival.review.place,
            "external_id": arrival.review.external_id, "location": arrival.location, "kind": arrival.review.kind,
            "first_seen_at": now, "at": arrival.review.written_at or now,
            "keep_text_until": arrival.keep_text_until, "history": arrival.quiet,
            **outcomes.at_first_sight(arrival.review), **off_topic.at_first_sight(reason, now),
        }
        for arrival, reason in zip(fresh, reasons, strict=True)
    ]  # fmt: skip
    with indexed_together(session, len(rows)):
        insert_rows(session, ReviewRow, rows)
    loud = [arrival for arrival, reason in zip(fresh, reasons, strict=True) if not (arrival.quiet or reason)]
    _raise_new(session, source_id, loud, now)


def _raise_new(session: Session, source_id: int, loud: Sequence[Arrival], now: datetime) -> None:
    if not loud:
        return
    known = _known(session, source_id, loud)
    for arrival in sorted(loud, key=lambda each: each.review.written_at or now):  # sites show the newest first
        review_id = known[arrival.identity].id
        events.raise_event(session, f"review.new/{review_id}", "review.new", now, source_id=source_id,
                           review_id=review_id, location=arrival.location)  # fmt: skip


def _content(arrival: Arrival) -> dict[str, Any]:
    review = arrival.review
    return {
        "scale": review.scale, "rating": review.rating, "given": review.given, "out_of": review.out_of,
        "recommended": review.recommended, "title": review.title, "text": review.text,
        "translation": review.translation, "author": review.author, "url": review.url, "language": review.language,
        "written_at": review.written_at, "edited_at": review.edited_at, "raw": arrival.raw,
        "content_hash": arrival.content_hash,
    }  # fmt: skip


def _change(session: Session, review_id: int, **values: Any) -> None:
    session.connection().execute(update(REVIEW).where(REVIEW.c.id == review_id).values(**values))
