"""The one request that posts a reply, and its outcome on record: posted, failed, unknown, or certainly not arrived."""

import logging
from datetime import datetime, timedelta

from repmon.connector import Reply
from repmon.errors import RepmonError, SourceChanged, SourceError, SourceRefused
from repmon.http import NOT_APPLIED
from repmon.review import OwnerReply
from repmon.steps.alerting.backoff import WAITS
from repmon.steps.normalise import owner_reply
from repmon.steps.reading import hide_secrets
from repmon.store import decisions, postings, replies
from repmon.store.decisions import Case
from repmon.store.handles import Session
from repmon.turn.intent import Order
from repmon.turn.rechecking import connection, key_of
from repmon.turn.world import World

TRIES = 8
"""So often a reply that certainly did not arrive is tried again, over some four hours."""
SEEN_FIRST = timedelta(minutes=10)
"""So long after posting the site is asked for the first time whether the reply shows."""

log = logging.getLogger("repmon")


def send(world: World, order: Order) -> str:
    """Post a reply whose intent is committed; the state of the draft then. The connector is called once."""
    connector = order.source.settings
    try:
        answer = connector.post_reply(connection(world, order.source), key_of(order.review), order.text)
    except SourceError as error:
        hide_secrets(connector, error)
        return _after(world, order, error)
    except Exception as bug:  # a stranger's connector may raise anything, after it has sent as well
        log.exception("connector stumbled", extra={"source": order.source.id})
        return _after(world, order, SourceChanged("connector_stumbled", problem=type(bug).__name__))
    return _posted(world, order, answer)


def not_asked(world: World, order: Order, error: SourceError) -> None:
    """Give a reply back of which nothing was sent, because the site could not be asked before."""
    now = world.clock()
    with world.database.write() as session:
        case = _in_hand(world, session, order)
        if case is not None:
            case.draft.error = error.stored()
            _back(case, error, now)


def _after(world: World, order: Order, error: RepmonError) -> str:
    """Write down how the request failed: refused, certainly without effect, or nobody knows."""
    now = world.clock()
    with world.database.write() as session:
        case = _in_hand(world, session, order)
        if case is None:
            return _state(session, order)
        if isinstance(error, SourceRefused) or (error.code in NOT_APPLIED and case.draft.attempts + 1 >= TRIES):
            values = {"said": "", **{name: str(value) for name, value in error.values.items()}}
            replies.turn_down(session, case.review, case.draft, error.code, values, now)
        elif error.code in NOT_APPLIED:
            case.draft.state, case.draft.intent_at, case.draft.error = "approved", None, error.stored()
            _back(case, error, now)
        else:
            _doubt(case, order, error, now)
            postings.write_down(session, "draft.unknown", case.draft, order.by, now, code=error.code)
        return case.draft.state


def _back(case: Case, error: RepmonError, now: datetime) -> None:
    """Let it be tried again, later every time; never before the site wants."""
    draft = case.draft
    draft.attempts += 1
    wait = max(WAITS[min(draft.attempts, len(WAITS)) - 1], getattr(error, "retry_after", None) or 0.0)
    draft.claimed_by = draft.claimed_until = None
    draft.next_attempt_at = now + timedelta(seconds=wait)


def _doubt(case: Case, order: Order, error: RepmonError, now: datetime) -> None:
    """Only the site, or a person who looks there, can say whether it arrived."""
    replies.let_go(case.draft)
    case.draft.state, case.draft.error = "unknown", error.stored()
    if order.source.settings.can("recheck"):
        case.draft.next_attempt_at = now + postings.SETTLE_AFTER


def _posted(world: World, order: Order, answer: Reply | None) -> str:
    now, connector = world.clock(), order.source.settings
    shown = owner_reply(answer, connector.timezone, now, connector.reply_states) if isinstance(answer, Reply) else None
    with world.database.write() as session:
        case = _in_hand(world, session, order)
        if case is None:
            return _state(session, order)
        if shown is not None and shown.standing == "rejected":
            values = {"said": shown.reason, "state": shown.state}
            replies.turn_down(session, case.review, case.draft, "reply_turned_down", values, now)
        else:
            _out(session, case, order, shown, now)
        return case.draft.state


def _out(session: Session, case: Case, order: Order, shown: OwnerReply | None, now: datetime) -> None:
    """The site took it. That it shows is confirmed by a later look, not by this answer."""
    draft, review = case.draft, case.review
    replies.let_go(draft)
    draft.state, draft.posted_at, draft.error = "posted", now, None
    draft.site_state = "waiting" if shown and shown.standing == "waiting" else None
    draft.next_attempt_at = now + SEEN_FIRST if order.source.settings.can("recheck") else None
    replies.answered(session, review, now)
    postings.write_down(session, "draft.posted", draft, order.by, now, way="site")
    if draft.outdated:
        replies.say_outdated(session, review, draft.id or 0, now)


def _in_hand(world: World, session: Session, order: Order) -> Case | None:
    """The draft, if it is still in our hand."""
    case = decisions.take(session, order.draft_id)
    return case if case and postings.holds(case.draft, world.who, order.until) else None


def _state(session: Session, order: Order) -> str:
    case = decisions.look_at(session, order.draft_id)
    return case.draft.state if case else "unknown"
