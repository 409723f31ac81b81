"""Asking the site what became of replies: those nobody knows about, and those posted that have not been seen yet."""

from datetime import datetime, timedelta

from repmon.config import Source
from repmon.errors import SourceError
from repmon.steps.alerting.backoff import WAITS
from repmon.store import decisions, postings, replies
from repmon.store.decisions import Case
from repmon.store.handles import Session
from repmon.turn.postable import source_of
from repmon.turn.posting import open_sources
from repmon.turn.rechecking import Seen, ask
from repmon.turn.world import World

LOOK_AGAIN = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""How long to wait until the next look at a posted reply that does not show yet; the last repeats."""
DOUBT = timedelta(days=1)
"""So long sites are asked, and polls waited for, before a person is asked to look."""
LOOKED_FOR = timedelta(days=30)
"""After that a reply that never showed is not looked for any more; a poll may still find it."""


def settle(world: World) -> int:
    """Ask about every reply that is due; of how many the state was settled."""
    now = world.clock()
    with world.database.read() as session:
        due = postings.due_to_ask(session, open_sources(world, session), now)
        left = postings.left_behind(session, now)
    settled = 0
    for draft_id in dict.fromkeys((*due, *left)):
        if world.stopping.is_set():
            break
        settled += _ask_about(world, draft_id)
    _tell_of_doubts(world)
    return settled


def _tell_of_doubts(world: World) -> None:
    """Tell a person of each reply that nobody could settle within a day."""
    now = world.clock()
    with world.database.read() as session:
        doubtful = postings.long_in_doubt(session, now - DOUBT)
    for draft_id in doubtful:
        with world.database.write() as session:
            case = decisions.take(session, draft_id)
            if case is not None and case.draft.state == "unknown":
                replies.say_doubtful(session, case.review, case.draft, now)


def _ask_about(world: World, draft_id: int) -> bool:
    now = world.clock()
    with world.database.write() as session:
        case = decisions.take(session, draft_id)
        if case is None or not postings.is_free(case.draft, now):
            return False
        source = source_of(world, case.source)
        if source is None or not source.settings.can("recheck"):
            _leave_to_the_polls(case)
            return False
        until = postings.take_in_hand(case.draft, world.who, now)
        state = case.draft.state
    try:
        seen = ask(world, source, case.review)
    except SourceError as error:
        _note(world, draft_id, until, error)
        return False
    return _conclude(world, draft_id, until, source, seen, state)


def _leave_to_the_polls(case: Case) -> None:
    """The site cannot be asked about single reviews; the next poll that shows the reply settles it, or a person."""
    if case.draft.state == "posting":
        case.draft.state, case.draft.error = "unknown", {"code": "posting_interrupted", "values": {}}
    replies.let_go(case.draft)


def _note(world: World, draft_id: int, until: datetime, error: SourceError) -> None:
    """The site did not say; it is asked again, later every time."""
    now = world.clock()
    with world.database.write() as session:
        case = decisions.take(session, draft_id)
        if case is None or not postings.holds(case.draft, world.who, until):
            return
        draft = case.draft
        if draft.state == "posting":
            draft.state = "unknown"
        draft.claimed_by = draft.claimed_until = None
        draft.attempts, draft.error = draft.attempts + 1, error.stored()
        wait = max(120.0, WAITS[min(draft.attempts, len(WAITS)) - 1], getattr(error, "retry_after", None) or 0.0)
        draft.next_attempt_at = now + timedelta(seconds=wait)


def _conclude(world: World, draft_id: int, until: datetime, source: Source, seen: Seen, was: str) -> bool:
    """Take in what the site said; whether that settled the draft."""
    now = world.clock()
    with world.database.write() as session:
        case = decisions.take(session, draft_id)
        if case is None or case.draft.state != was or not postings.holds(case.draft, world.who, until):
            return False
        draft = case.draft
        draft.asked_at, draft.claimed_by, draft.claimed_until = now, None, None
        session.flush()
        if seen.reply is not None:
            replies.seen(session, draft.review_id, seen.reply, now)
        if draft.state in {"posting", "unknown"}:
            code = "reply_not_there" if seen.there else "reply_review_gone"
            replies.turn_down(session, case.review, draft, code, {"source": source.id}, now)
        elif draft.state == "posted" and draft.site_state != "shown":
            _look_again(draft_of=case, seen=seen, session=session, now=now)
        return draft.state != was or draft.site_state == "shown"


def _look_again(*, draft_of: Case, seen: Seen, session: Session, now: datetime) -> None:
    """Posted, and not to be seen yet: it may be checked by the site; or it was to be deleted, and is gone."""
    draft = draft_of.draft
    if draft.site_state == "deleting" and seen.reply is None:
        replies.deleted(session, draft_of.review, draft)
        return
    draft.attempts += 1
    again = now + LOOK_AGAIN[min(draft.attempts, len(LOOK_AGAIN)) - 1]
    differs = draft.site_state == "differs"
    draft.next_attempt_at = None if differs or again - (draft.posted_at or now) > LOOKED_FOR else again
