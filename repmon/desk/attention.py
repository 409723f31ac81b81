"""What a person says about a review itself: later, seen, no answer needed, take it up again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from repmon.errors import DecisionError
from repmon.store import audit, decisions, reviews
from repmon.store.handles import Session
from repmon.store.tables import ReviewRow
from repmon.turn.world import World

LONGEST_SNOOZE = timedelta(days=366)
LONGEST_WORDS = 5_000
"""Characters of a note or a reason."""


@dataclass(frozen=True)
class Look:
    """One person's hand on one review, inside the transaction of the act."""

    session: Session
    review: ReviewRow
    by: str
    now: datetime

    def write_down(self, action: str, **values: str | int | bool | None) -> None:
        """Add the act to the audit chain."""
        audit.append(self.session, action, f"review/{self.review.id}", actor=self.by, at=self.now,
                     values={"version": self.review.version, **values})  # fmt: skip


@contextmanager
def looking_at(world: World, review_id: int, by: str) -> Iterator[Look]:
    """Open the transaction of one act. DecisionError when there is no such review or nobody is named as acting."""
    if not by.strip():
        raise DecisionError("desk_nobody")
    with world.database.write() as session:
        row = reviews.take(session, review_id)
        if row is None:
            raise DecisionError("review_unknown", id=review_id)
        yield Look(session, row, by.strip(), world.clock())


def snooze_review(world: World, review_id: int, until: datetime | None, *, by: str) -> None:
    """Let a review rest until then, or (None) no longer. DecisionError: not in the future, or more than a year off."""
    with looking_at(world, review_id, by) as look:
        if until is not None and not look.now < until <= look.now + LONGEST_SNOOZE:
            raise DecisionError("snooze_when")
        if until is None and look.review.snoozed_until is None:
            raise DecisionError("snooze_none", id=review_id)
        look.review.snoozed_until = until
        look.write_down("review.snoozed", until=until.isoformat(timespec="seconds") if until else None)


def acknowledge_review(world: World, review_id: int, *, by: str) -> None:
    """Say that somebody has seen it and takes care of it. DecisionError names who had said so before."""
    with looking_at(world, review_id, by) as look:
        if look.review.acknowledged_at is not None:
            raise DecisionError("review_acknowledged", id=review_id, by=look.review.acknowledged_by or "?")
        look.review.acknowledged_at, look.review.acknowledged_by = look.now, look.by
        look.write_down("review.acknowledged")


def dismiss_review(world: World, review_id: int, reason: str, *, by: str) -> None:
    """Say that a review needs no answer, and why; what was drafted or approved for it is rejected with that reason.

    DecisionError: no reason, dismissed already, gone from the site, or a reply to it is being posted.
    """
    words = _fit(reason)
    with looking_at(world, review_id, by) as look:
        dismiss(look, words, stored=words)


def dismiss(look: Look, words: str, *, stored: str) -> None:
    """Dismiss the review in hand: drafts are rejected with these words, and `stored` is kept as its reason."""
    number = look.review.id or 0
    if look.review.state in {"dismissed", "removed"}:
        raise DecisionError(f"review_{look.review.state}", id=number)
    rejected = decisions.reject_undecided(look.session, number, words, by=look.by, now=look.now)
    if rejected is None:
        raise DecisionError("review_posting", id=number)
    look.review.state, look.review.dismissed_at, look.review.dismissed_reason = "dismissed", look.now, stored
    look.write_down("review.dismissed", rejected=rejected or None)


def reopen_review(world: World, review_id: int, *, by: str) -> None:
    """Take a dismissed or an answered review up again: it waits for an answer, and an unhappy one gets a new draft.

    DecisionError: it is open already, or gone from the site.
    """
    with looking_at(world, review_id, by) as look:
        was = look.review.state
        if was not in {"dismissed", "answered"}:
            raise DecisionError("review_removed" if was == "removed" else "review_open", id=review_id)
        look.review.state, look.review.dismissed_at, look.review.dismissed_reason = "open", None, None
        if look.review.step == "done":
            look.review.step = "understand"
        look.write_down("review.reopened", was=was)


def _fit(words: str) -> str:
    if not words.strip():
        raise DecisionError("dismiss_no_reason")
    if len(words) > LONGEST_WORDS:
        raise DecisionError("words_too_long", length=len(words), longest=LONGEST_WORDS)
    return words.strip()
