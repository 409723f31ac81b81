"""Replies on their way to a site: which are due, who has one in hand, and what came of it."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session, col

from repmon.store import audit, claims
from repmon.store.decisions import Case, sha256_of
from repmon.store.memory import recall, remember
from repmon.store.statements import table_of
from repmon.store.tables import DraftRow, EventRow, ReviewRow

SWITCH = "replies.posting"
"""The fact that remembers since when replies may be posted: `on` or `off`, and when that was first seen."""
IN_HAND = timedelta(minutes=10)
"""Longer than asking a site and sending to it can take, all waits included."""
SETTLE_AFTER = timedelta(minutes=2)
"""A site may still be at work on a request that was cut off: before that, "not there" proves nothing."""
DRAFT, EVENT, REVIEW = table_of(DraftRow), table_of(EventRow), table_of(ReviewRow)


def posting_since(session: Session, now: datetime, *, on: bool) -> datetime | None:
    """Tell since when posting has been switched on, and remember it where that is new; None while it is off."""
    fact = recall(session, SWITCH)
    word = "on" if on else "off"
    if fact is None or fact.value != word:
        remember(session, SWITCH, word, now)
        return now if on else None
    return fact.at if on else None


def due_to_post(session: Session, sources: Collection[int], since: datetime, now: datetime) -> list[int]:
    """Number the approved drafts that wait to be posted, the first approved first: approved since the switch was on."""
    query = (
        _of_sources(sources)
        .where(DRAFT.c.state == "approved", DRAFT.c.decided_at >= since, _due(now))
        .order_by(DRAFT.c.decided_at, DRAFT.c.id)
    )
    return list(session.connection().scalars(query))


def due_to_ask(session: Session, sources: Collection[int], now: datetime) -> list[int]:
    """Number the drafts about which a site is to be asked now: of unknown outcome, or posted and not yet seen."""
    in_doubt = and_(DRAFT.c.state.in_(("posting", "unknown")), DRAFT.c.intent_at <= now - SETTLE_AFTER, _due(now))
    unseen = and_(DRAFT.c.state == "posted", DRAFT.c.next_attempt_at <= now)
    query = _of_sources(sources).where(or_(in_doubt, unseen)).order_by(DRAFT.c.next_attempt_at, DRAFT.c.id)
    return list(session.connection().scalars(query))


def left_behind(session: Session, now: datetime) -> list[int]:
    """Number the drafts that a process left while it was posting them, whatever has become of their source."""
    query = select(DRAFT.c.id, DRAFT.c.claimed_by, DRAFT.c.claimed_until).where(
        DRAFT.c.state == "posting", DRAFT.c.intent_at <= now - SETTLE_AFTER
    )
    rows = session.connection().execute(query)
    return [row.id for row in rows if claims.is_free(row.claimed_by, row.claimed_until, now)]


def long_in_doubt(session: Session, since: datetime) -> list[int]:
    """Number the drafts of which nobody has known since then whether they are on the site, and nobody was told."""
    told = select(EVENT.c.id).where(EVENT.c.draft_id == DRAFT.c.id, EVENT.c.kind == "reply.rejected",
                                    EVENT.c.at >= DRAFT.c.intent_at)  # fmt: skip
    query = select(DRAFT.c.id).where(DRAFT.c.state == "unknown", DRAFT.c.intent_at <= since, ~told.exists())
    return list(session.connection().scalars(query))


def others_in_doubt(session: Session, case: Case) -> int | None:
    """Number another draft of the same review that is being posted, or of which nobody knows whether it was."""
    query = select(DRAFT.c.id).where(
        DRAFT.c.review_id == case.draft.review_id, DRAFT.c.id != case.draft.id,
        DRAFT.c.state.in_(("posting", "unknown")),
    )  # fmt: skip
    return session.connection().scalar(query)


def own_words(session: Session, review_id: int) -> list[str]:
    """Give the words of every reply of ours to a review that went out."""
    query = select(col(DraftRow.text)).where(
        col(DraftRow.review_id) == review_id, col(DraftRow.approved_sha256).is_not(None),
        col(DraftRow.state).in_(("posted", "failed", "outdated")),
    )  # fmt: skip
    return list(session.scalars(query))


def newest_posted(session: Session, review_id: int) -> int | None:
    """Number the reply of ours that stands under a review, as far as we know."""
    query = (
        select(DRAFT.c.id)
        .where(DRAFT.c.review_id == review_id, DRAFT.c.state == "posted",
               func.coalesce(DRAFT.c.site_state, "").not_in(("deleted", "differs")))
        .order_by(DRAFT.c.posted_at.desc(), DRAFT.c.id.desc())
    )  # fmt: skip
    return session.connection().scalar(query)


def is_free(draft: DraftRow, now: datetime) -> bool:
    """Tell whether nobody has this draft in hand."""
    return claims.is_free(draft.claimed_by, draft.claimed_until, now)


def take_in_hand(draft: DraftRow, who: str, now: datetime) -> datetime:
    """Keep everybody else away from a draft before the network is used; the moment until which, as proof."""
    draft.claimed_by, draft.claimed_until = who, now + IN_HAND
    return draft.claimed_until


def holds(draft: DraftRow, who: str, until: datetime) -> bool:
    """Tell whether a draft is still in the hand that took it."""
    return draft.claimed_by == who and draft.claimed_until == until


def write_down(session: Session, action: str, draft: DraftRow, by: str, now: datetime, **values: str | None) -> None:
    """Add what happened to a reply to the audit chain."""
    fixed: Mapping[str, str | int | None] = {
        "review": draft.review_id, "version": draft.version, "sha256": sha256_of(draft.text)
    }  # fmt: skip
    audit.append(session, action, f"draft/{draft.id}", actor=by, at=now, values={**fixed, **values})


def _of_sources(sources: Collection[int]) -> Any:
    query = select(DRAFT.c.id).join(REVIEW, REVIEW.c.id == DRAFT.c.review_id)
    return query.where(REVIEW.c.source_id.in_(sources))


def _due(now: datetime) -> ColumnElement[bool]:
    return or_(DRAFT.c.next_attempt_at.is_(None), DRAFT.c.next_attempt_at <= now)
