"""The arrow to the site: an approved reply is posted once, its intent committed before and its outcome after.

    approved ─▶ asked afresh ─▶ posting (intent committed) ─▶ one request ─▶ posted | failed | unknown

A process that dies between intent and outcome leaves `posting`; that and `unknown` are settled by asking the site
(`repmon.turn.settling`), never by sending again.
"""

import logging

from repmon.errors import DecisionError, SourceError
from repmon.store import decisions, postings, replies
from repmon.store.handles import Session
from repmon.store.polls import may_ask
from repmon.store.sources import source_named
from repmon.turn.intent import CHANGED_MEANWHILE, intend, take
from repmon.turn.postable import WAITS_FOR_ANOTHER, objection, rows_of_able
from repmon.turn.rechecking import ask
from repmon.turn.sending import not_asked, send
from repmon.turn.world import World

log = logging.getLogger("repmon")


def post_approved(world: World) -> int:
    """Post every reply approved since posting was switched on; how many were dealt with."""
    now = world.clock()
    with world.database.write() as session:
        since = postings.posting_since(session, now, on=world.settings.replies.post)
        due = postings.due_to_post(session, open_sources(world, session), since, now) if since else []
    done = 0
    for draft_id in due:
        if world.stopping.is_set():
            break
        done += _tried(world, draft_id)
    return done


def post_one(world: World, draft_id: int, *, by: str | None = None) -> str:
    """Post one reply now, for `by` (None: for whoever approved it); the state it has then.

    DecisionError: it may not go out. SourceError: the site could not be asked first. In both cases nothing was sent.
    """
    order = take(world, draft_id, by)
    seen = None
    if order.source.settings.can("recheck"):
        try:
            seen = ask(world, order.source, order.review)
        except SourceError as error:
            not_asked(world, order, error)
            raise
    state = intend(world, order, seen)
    return send(world, order) if state == "posting" else state


def open_sources(world: World, session: Session) -> list[int]:
    """Number the sources that can post and may be asked now: not paused, and not wanting us to wait."""
    rows = [source_named(session, name) for name in rows_of_able(world, session).values()]
    return [row.id or 0 for row in rows if row and may_ask(row, world.clock(), named=False) is None]


def _tried(world: World, draft_id: int) -> bool:
    """Post one that nobody waits for; whether anything came of it."""
    try:
        post_one(world, draft_id)
    except SourceError as error:
        log.warning("reply waits", extra={"draft": draft_id, "code": error.code, "problem": str(error)})
        return False
    except DecisionError:
        return _closed(world, draft_id)
    return True


def _closed(world: World, draft_id: int) -> bool:
    """Set a reply aside that may not go out as it is; a person is told why. What merely has to wait waits."""
    now = world.clock()
    with world.database.write() as session:
        case = decisions.take(session, draft_id)
        if case is None or case.draft.state != "approved" or not postings.is_free(case.draft, now):
            return False
        against = objection(world, session, case)
        if against is None:
            return False
        if against.code == WAITS_FOR_ANOTHER:
            case.draft.next_attempt_at = now + CHANGED_MEANWHILE
            return False
        replies.not_sent(session, case.review, case.draft, against.stored(), case.draft.decided_by or "?", now)
        return True
