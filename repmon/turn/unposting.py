"""Taking a reply of ours down again: asked afresh, the intent committed, one request, and the outcome on record."""

from dataclasses import dataclass
from datetime import datetime

from repmon.config import Source
from repmon.errors import DecisionError, SourceError, SourceRefused
from repmon.http import NOT_APPLIED
from repmon.steps.reading import hide_secrets
from repmon.steps.same_words import same_words
from repmon.store import decisions, postings, replies
from repmon.store.decisions import Case
from repmon.store.handles import Session
from repmon.store.tables import ReviewRow
from repmon.turn.postable import source_of
from repmon.turn.rechecking import Seen, ask, connection, key_of
from repmon.turn.world import World


@dataclass(frozen=True, slots=True)
class _Hold:
    """Our reply, in our hand until then."""

    draft_id: int
    until: datetime
    source: Source
    review: ReviewRow
    text: str


def delete_reply(world: World, review_id: int, *, by: str) -> None:
    """Take the reply of ours down that stands under a review.

    DecisionError: there is none of ours, the site cannot do it, or somebody else's stands there. SourceError: the
    site refused, or nobody knows whether it did it; then the site is asked about it later.
    """
    hold = _take(world, review_id)
    try:
        seen = ask(world, hold.source, hold.review) if hold.source.settings.can("recheck") else None
    except SourceError:
        _let_go(world, hold)
        raise
    if not _intend(world, hold, seen, by):
        return
    try:
        hold.source.settings.delete_reply(connection(world, hold.source), key_of(hold.review))
    except SourceError as error:
        hide_secrets(hold.source.settings, error)
        if error.code != "not_there":
            _record_failure(world, hold, error)
            raise
    _record(world, hold, by)


def _take(world: World, review_id: int) -> _Hold:
    now = world.clock()
    with world.database.write() as session:
        draft_id = postings.newest_posted(session, review_id)
        case = decisions.take(session, draft_id) if draft_id else None
        if case is None:
            raise DecisionError("reply_none_of_ours", id=review_id)
        source = source_of(world, case.source)
        if source is None or not source.settings.can("delete_reply") or not world.settings.replies.post:
            raise DecisionError("deleting_unable", source=case.source)
        if not postings.is_free(case.draft, now):
            raise DecisionError("posting_in_hand", id=draft_id)
        until = postings.take_in_hand(case.draft, world.who, now)
        return _Hold(case.draft.id or 0, until, source, case.review, case.draft.text)


def _intend(world: World, hold: _Hold, seen: Seen | None, by: str) -> bool:
    """Commit that it is about to be deleted; false when it is gone already."""
    now = world.clock()
    with world.database.write() as session:
        case = _held(world, session, hold)
        shown = seen.reply if seen else None
        if shown is not None and not same_words(shown.text, hold.text):
            case.draft.claimed_by = case.draft.claimed_until = None
            another = DecisionError("deleting_another", id=case.draft.review_id)
        elif seen is not None and shown is None:
            _gone(session, case, by, now)
            return False
        else:
            case.draft.site_state, case.draft.next_attempt_at = "deleting", None
            postings.write_down(session, "reply.deleting", case.draft, by, now)
            return True
    raise another


def _record(world: World, hold: _Hold, by: str) -> None:
    with world.database.write() as session:
        _gone(session, _held(world, session, hold), by, world.clock())


def _gone(session: Session, case: Case, by: str, now: datetime) -> None:
    replies.deleted(session, case.review, case.draft)
    postings.write_down(session, "reply.deleted", case.draft, by, now)


def _record_failure(world: World, hold: _Hold, error: SourceError) -> None:
    """Refused: it still stands. Otherwise the site is asked about it in a while."""
    now = world.clock()
    with world.database.write() as session:
        draft = _held(world, session, hold).draft
        replies.let_go(draft)
        draft.error = error.stored()
        if isinstance(error, SourceRefused) or error.code in NOT_APPLIED:
            draft.site_state = "shown"
        else:
            draft.next_attempt_at = now + postings.SETTLE_AFTER


def _let_go(world: World, hold: _Hold) -> None:
    with world.database.write() as session:
        draft = _held(world, session, hold).draft
        draft.claimed_by = draft.claimed_until = None


def _held(world: World, session: Session, hold: _Hold) -> Case:
    case = decisions.take(session, hold.draft_id)
    if case is None or not postings.holds(case.draft, world.who, hold.until):
        raise DecisionError("posting_in_hand", id=hold.draft_id)
    return case
