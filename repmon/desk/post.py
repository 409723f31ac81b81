"""The reply is out: a person copied it to the site and says so."""

from repmon.desk.hand import Hand, in_hand, why_not
from repmon.errors import DecisionError
from repmon.store import decisions, replies
from repmon.store.tables import DraftRow
from repmon.turn.world import World


def mark_posted(world: World, draft_id: int, *, by: str) -> None:
    """Write down that the approved words stand on the site; only now the review counts as answered.

    A draft whose review changed after the approval may be marked too: what is on the site is on the site, and the draft
    keeps its `outdated` mark; so may one whose posting failed or is in doubt, by somebody who looked there.
    DecisionError: never approved, marked or rejected meanwhile (by whom, when), just being posted, or the words are not
    those that were approved.
    """
    with in_hand(world, draft_id, by) as hand:
        hand.refuse_in_hand()
        draft = _approved(hand)
        if draft.approved_sha256 != decisions.sha256_of(draft.text):
            raise DecisionError("draft_not_as_approved", id=draft_id)
        replies.let_go(draft)
        draft.state, draft.posted_at, draft.posted_by, draft.error = "posted", hand.now, hand.by, None
        replies.answered(hand.session, hand.case.review, hand.now)
        hand.write_down("draft.posted", way="copied", outdated=draft.outdated)


def words_to_post(world: World, draft_id: int) -> tuple[str, str]:
    """Give the approved words, and the address of the review ("" where the site gave none). DecisionError as above."""
    with world.database.read() as session:
        case = decisions.look_at(session, draft_id)
        if case is None:
            raise DecisionError("draft_unknown", id=draft_id)
        if case.draft.state != "approved":
            raise why_not(session, case, world.settings.business.timezone)
        if case.draft.approved_sha256 != decisions.sha256_of(case.draft.text):
            raise DecisionError("draft_not_as_approved", id=draft_id)
        return case.draft.text, case.review.url


def _approved(hand: Hand) -> DraftRow:
    draft = hand.case.draft
    if draft.state == "outdated" and draft.outdated and draft.approved_sha256:
        return draft
    return hand.need("approved", "unknown", *(("failed",) if draft.approved_sha256 else ()))
