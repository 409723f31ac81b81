"""What a site shows of an owner's reply, held against what we sent: confirmed, turned down, or somebody else's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from repmon.review import EventKind, OwnerReply
from repmon.steps.same_words import same_words
from repmon.store import audit, claims, decisions, events
from repmon.store.outcomes import answered_as
from repmon.store.tables import DraftRow, ReviewRow

OURS = "repmon"
"""Who acts in the audit where no person does."""
MAYBE_OUT = ("posting", "unknown", "failed")
_PERHAPS_ON_THE_SITE = ("approved", *MAYBE_OUT, "posted", "outdated")


def seen(session: Session, review_id: int, reply: OwnerReply, now: datetime) -> None:
    """The site has this reply under a review: write down what that means for the review and for its drafts.

    A reply that another process is sending at this moment is left to that process.
    """
    review = session.get_one(ReviewRow, review_id, with_for_update=True, populate_existing=True)
    drafts = _drafts(session, review_id)
    if any(each.state == "posting" and not _free(each, now) for each in drafts):
        return
    review.reply_text, review.reply_at, review.reply_state = reply.text, reply.at, reply.state
    ours = next((each for each in drafts if _approved(each) and same_words(reply.text, each.text)), None)
    if ours is None:
        _of_another(session, review, drafts, reply, now)
    elif reply.standing == "rejected":
        turn_down(session, review, ours, "reply_turned_down", {"said": reply.reason, "state": reply.state}, now)
    else:
        _confirm(session, review, ours, reply, now)
    session.flush()


def gone(session: Session, review_id: int) -> None:
    """The site was asked about this review and has no reply under it."""
    review = session.get_one(ReviewRow, review_id, with_for_update=True, populate_existing=True)
    review.reply_text = review.reply_at = review.reply_state = None
    session.flush()


def answered(session: Session, review: ReviewRow, at: datetime) -> None:
    """A reply is out: the review counts as answered, unless another reply of ours waits for its own turn."""
    session.flush()
    if decisions.undecided_of(session, review.id or 0) is None:
        review.state = "answered" if review.state in {"open", "drafted"} else review.state
    review.answered_at = review.answered_at or at
    if review.answered_version is None:
        for column, value in answered_as(review).items():
            setattr(review, column, value)


def turn_down(
    session: Session, review: ReviewRow, draft: DraftRow, code: str, values: Mapping[str, Any], now: datetime
) -> None:
    """A reply we sent is not to be seen on the site: the draft failed, the review waits for an answer again."""
    rejected = code == "reply_turned_down"
    draft.state, draft.error = "failed", {"code": code, "values": dict(values)}
    draft.site_state = "rejected" if rejected else None
    let_go(draft)
    _reopen(session, review, draft)
    _write_down(session, "draft.failed", draft, now, code=code)
    said = {"reason": values["said"]} if rejected and values.get("said") else {}
    _raise(session, "reply.rejected", review, draft, now, said if rejected else draft.error)


def not_sent(
    session: Session, review: ReviewRow, draft: DraftRow, error: Mapping[str, Any], by: str, now: datetime
) -> None:  # fmt: skip
    """An approved reply was stopped before it went out: the draft failed, with `error` as stored; a person is told.

    What a check found stays with the draft: it may quote the reply, and events outlive what is erased.
    """
    draft.state, draft.error = "failed", dict(error)
    let_go(draft)
    _write_down(session, "draft.failed", draft, now, actor=by, code=error["code"])
    values = {name: value for name, value in error["values"].items() if name != "problems"}
    _raise(session, "reply.rejected", review, draft, now, {"code": error["code"], "values": values})


def say_doubtful(session: Session, review: ReviewRow, draft: DraftRow, now: datetime) -> None:
    """Nobody can say whether this reply is on the site: a person has to look there."""
    values = {"code": "reply_doubtful", "values": {"id": draft.id}}
    _raise(session, "reply.rejected", review, draft, now, values, "/doubt")  # what it turns out to be is news again


def deleted(session: Session, review: ReviewRow, draft: DraftRow) -> None:
    """A reply of ours was taken down: the review waits for an answer again."""
    let_go(draft)
    draft.site_state, draft.error = "deleted", None
    review.reply_text = review.reply_at = review.reply_state = None
    _reopen(session, review, draft)


def let_go(draft: DraftRow) -> None:
    """Nobody has this draft in hand any more, and nothing is planned for it."""
    draft.claimed_by = draft.claimed_until = draft.next_attempt_at = None
    draft.attempts = 0


def say_outdated(session: Session, review: Any, draft_id: int, now: datetime) -> None:
    """The review (a row of it) was edited after this reply went out: said once for a reply."""
    events.raise_event(
        session, f"reply.outdated/{draft_id}", "reply.outdated", now, source_id=review.source_id, review_id=review.id,
        draft_id=draft_id, location=review.location,
    )  # fmt: skip


def _confirm(session: Session, review: ReviewRow, draft: DraftRow, reply: OwnerReply, now: datetime) -> None:
    if draft.state != "posted":
        draft.state, draft.error = "posted", None
        draft.posted_at, draft.posted_by = reply.at or now, draft.posted_by or draft.decided_by
        let_go(draft)
        _write_down(session, "draft.posted", draft, now, way="seen")
    draft.site_state = reply.standing
    answered(session, review, draft.posted_at or now)
    if reply.standing == "shown":
        draft.next_attempt_at = None
        _raise(session, "reply.posted", review, draft, now, {})


def _of_another(
    session: Session, review: ReviewRow, drafts: list[DraftRow], reply: OwnerReply, now: datetime
) -> None:  # fmt: skip
    """Somebody answered on the site itself: nothing of ours goes out over it, and drafts say why they are closed."""
    if reply.standing == "rejected":
        return
    for draft in drafts:
        if draft.state in {"pending", "approved"}:
            draft.state, draft.decided_at = "outdated", now
            draft.error = {"code": "draft_answered_elsewhere", "values": {"id": draft.id}}
            let_go(draft)
            _write_down(session, "draft.closed", draft, now, code="draft_answered_elsewhere")
        elif draft.state in {"posting", "unknown"}:
            turn_down(session, review, draft, "reply_another", {}, now)
        elif draft.state == "posted":
            draft.site_state, draft.next_attempt_at = "differs", None
    review.state = "answered"
    review.answered_at = reply.at or review.answered_at or now
    answered(session, review, review.answered_at)


def _drafts(session: Session, review_id: int) -> list[DraftRow]:
    """Those that may be on the site, and those that wait for a decision; the newest first."""
    states = ("pending", *_PERHAPS_ON_THE_SITE)
    query = (
        select(DraftRow)
        .where(col(DraftRow.review_id) == review_id, col(DraftRow.state).in_(states))
        .order_by(col(DraftRow.id).desc())
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def _approved(draft: DraftRow) -> bool:
    return draft.approved_sha256 is not None and draft.state in _PERHAPS_ON_THE_SITE


def _free(draft: DraftRow, now: datetime) -> bool:
    return claims.is_free(draft.claimed_by, draft.claimed_until, now)


def _reopen(session: Session, review: ReviewRow, draft: DraftRow) -> None:
    """Without this reply the review is unanswered, unless there is another one of ours."""
    others = select(col(DraftRow.id)).where(
        col(DraftRow.review_id) == review.id, col(DraftRow.state) == "posted", col(DraftRow.id) != draft.id,
        func.coalesce(col(DraftRow.site_state), "") != "deleted",
    )  # fmt: skip
    if review.state == "answered" and session.scalars(others).first() is None:
        review.state = "open"
        review.answered_at = review.answered_rating = review.answered_version = None


def _write_down(
    session: Session, action: str, draft: DraftRow, now: datetime, *, actor: str = OURS, **values: str
) -> None:  # fmt: skip
    audit.append(session, action, f"draft/{draft.id}", actor=actor, at=now,
                 values={"review": draft.review_id, "version": draft.version,
                         "sha256": decisions.sha256_of(draft.text), **values})  # fmt: skip


def _raise(
    session: Session, kind: EventKind, review: ReviewRow, draft: DraftRow, now: datetime, values: Mapping[str, object],
    mark: str = "",
) -> None:  # fmt: skip
    """Each sending of a reply is confirmed, turned down or stopped once, and said once."""
    sent = draft.intent_at or draft.posted_at or draft.decided_at or now
    events.raise_event(
        session, f"{kind}/{draft.id}/{sent:%Y%m%dT%H%M%S}{mark}", kind, now, source_id=review.source_id,
        review_id=review.id, draft_id=draft.id, location=review.location, values=values,
    )  # fmt: skip
