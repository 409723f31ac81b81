"""Taking one approved reply in hand, and committing the intent to post it once the site was asked afresh."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from repmon.config import Source
from repmon.errors import DecisionError
from repmon.store import decisions, postings, replies
from repmon.store.decisions import Case
from repmon.store.handles import Session
from repmon.store.tables import ReviewRow
from repmon.turn.postable import able, objection, source_of
from repmon.turn.rechecking import Seen
from repmon.turn.world import World

CHANGED_MEANWHILE = timedelta(minutes=10)
"""The site shows another version of the review than we have read: until then a poll has read it."""


@dataclass(frozen=True, slots=True)
class Order:
    """One reply that we have in hand until then, to be posted for `by`."""

    draft_id: int
    by: str
    until: datetime
    source: Source
    review: ReviewRow
    text: str


def take(world: World, draft_id: int, by: str | None) -> Order:
    """Take the reply in hand. DecisionError when it may not go out, or somebody else has it; nothing was changed."""
    now = world.clock()
    with world.database.write() as session:
        case = decisions.take(session, draft_id)
        if case is None:
            raise DecisionError("draft_unknown", id=draft_id)
        source = source_of(world, case.source)
        if source is None or not able(source):
            raise DecisionError("posting_unable", source=case.source)
        _need_approved(session, case)
        if not postings.is_free(case.draft, now):
            raise DecisionError("posting_in_hand", id=draft_id)
        against = objection(world, session, case)
        if against is not None:
            raise against
        until = postings.take_in_hand(case.draft, world.who, now)
        return Order(draft_id, by or case.draft.decided_by or "?", until, source, case.review, case.draft.text)


def intend(world: World, order: Order, seen: Seen | None) -> str:
    """Commit the intent, given what the site shows at this moment (None: it cannot be asked); the draft's state then.

    Another's reply there closes the draft, our own words there confirm it; in both cases nothing is to be sent.
    DecisionError when it may not go out after all; it is nobody's then, and may be tried again in a while.
    """
    now = world.clock()
    with world.database.write() as session:
        case = _still_ours(world, session, order)
        draft = case.draft
        if seen is not None and seen.there and seen.unchanged and not _as_before(session, case, seen, now):
            replies.let_go(draft)
            return draft.state
        against = _against(world, session, case, seen)
        if against is None:
            draft.state, draft.intent_at, draft.posted_by, draft.error = "posting", now, order.by, None
            draft.site_state = draft.next_attempt_at = None
            postings.write_down(session, "draft.posting", draft, order.by, now)
            return draft.state
        draft.claimed_by = draft.claimed_until = None
        draft.next_attempt_at = now + CHANGED_MEANWHILE
    raise against


def _as_before(session: Session, case: Case, seen: Seen, now: datetime) -> bool:
    """Take in which reply the site shows; false when that settles this draft. A reply it turned down is none."""
    was = case.draft.state
    if seen.reply is None:
        replies.gone(session, case.draft.review_id)
    elif seen.reply.standing != "rejected":
        replies.seen(session, case.draft.review_id, seen.reply, now)
    return case.draft.state == was


def _against(world: World, session: Session, case: Case, seen: Seen | None) -> DecisionError | None:
    if seen is not None and not seen.there:
        return DecisionError("draft_review_gone", id=case.draft.id)
    if seen is not None and not seen.unchanged:
        return DecisionError("draft_review_changing", id=case.draft.id)
    return objection(world, session, case)


def _need_approved(session: Session, case: Case) -> None:
    """Approved; or failed while nothing else of this review waits, for these very words were approved."""
    draft = case.draft
    if draft.state == "approved":
        return
    again = draft.state == "failed" and draft.approved_sha256 is not None
    if again and decisions.undecided_of(session, draft.review_id) is None:
        return
    raise DecisionError("posting_not_approved", id=draft.id, state=draft.state)


def _still_ours(world: World, session: Session, order: Order) -> Case:
    """DecisionError when somebody decided otherwise while the site was asked."""
    case = decisions.take(session, order.draft_id)
    if case is None:
        raise DecisionError("draft_unknown", id=order.draft_id)
    if not postings.holds(case.draft, world.who, order.until):
        raise DecisionError("posting_not_approved", id=order.draft_id, state=case.draft.state)
    _need_approved(session, case)
    return case
