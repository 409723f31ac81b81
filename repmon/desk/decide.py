"""Yes or no to a draft: one decision wins, whoever comes second learns who and when."""

from repmon.desk.hand import Hand, in_hand, refuse_hidden
from repmon.errors import DecisionError
from repmon.store import decisions, postings
from repmon.turn.linting import blocking, check, stored
from repmon.turn.world import World
from repmon.wording import say


def approve_draft(world: World, draft_id: int, *, by: str, override: str = "") -> str:
    """Approve exactly the bytes of this draft; their SHA-256, which posting will compare, is returned.

    A draft row's words never change, so its number stands for what was seen. The check runs once more: what blocks
    needs `override`, the owner's written reason. DecisionError: decided or edited meanwhile (by whom, when), the review
    changed or vanished since, the check blocks, hidden characters (no override for these).
    """
    with in_hand(world, draft_id, by) as hand:
        draft = hand.need("pending")
        _refuse_stale(hand)
        refuse_hidden(draft.text)
        found = check(world, hand.session, hand.case.review, hand.case.source, draft.text)
        rules = {finding.rule: say(finding.code, finding.values) for finding in blocking(found)}
        if rules and not override.strip():
            raise DecisionError("draft_blocked", id=draft_id, problems=" ".join(rules.values()))
        draft.state, draft.decided_by, draft.decided_at = "approved", hand.by, hand.now
        draft.approved_sha256 = decisions.sha256_of(draft.text)
        draft.override, draft.lint = override.strip() or None if rules else None, stored(found)
        postings.posting_since(hand.session, hand.now, on=world.settings.replies.post)
        hand.write_down("draft.approved", overridden=",".join(sorted(rules)) or None,
                        review_version=draft.review_version)  # fmt: skip
        return draft.approved_sha256


def reject_draft(world: World, draft_id: int, *, by: str, reason: str) -> None:
    """Say no, and why; an approved draft that has not gone out can still be rejected, and one that failed to.

    DecisionError: no reason, decided or edited meanwhile (by whom, when), or just being posted.
    """
    if not reason.strip():
        raise DecisionError("desk_no_reason")
    with in_hand(world, draft_id, by) as hand:
        draft = hand.need("pending", "approved", "failed")
        hand.refuse_in_hand()
        was = draft.state
        draft.state, draft.decided_by, draft.decided_at, draft.reason = "rejected", hand.by, hand.now, reason.strip()
        if hand.case.review.state == "drafted":
            hand.case.review.state = "open"
        hand.write_down("draft.rejected", was=was)


def _refuse_stale(hand: Hand) -> None:
    draft, review = hand.case.draft, hand.case.review
    if draft.outdated or draft.review_version != review.version:
        raise DecisionError("draft_outdated", id=draft.id)
    if review.removed_at is not None:
        raise DecisionError("draft_review_gone", id=draft.id)
