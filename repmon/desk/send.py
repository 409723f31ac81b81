"""Replies that repmon itself posts to the site, or takes down there, because a person says so now."""

from repmon.desk.hand import in_hand
from repmon.errors import DecisionError
from repmon.store import decisions
from repmon.turn import postable, unposting
from repmon.turn.posting import post_one
from repmon.turn.world import World


def can_post(world: World, source_name: str) -> bool:
    """Tell whether replies to reviews of this source can be posted from here: the site allows it, and so do you."""
    return postable.can_post(world, source_name)


def post_reply(world: World, draft_id: int, *, by: str) -> str:
    """Post an approved reply now, or one that failed anew; the state it has then.

    States: posted; unknown (nobody knows, the site will be asked); failed (the site said no, `error` has why); approved
    (it certainly did not arrive and is tried again later); outdated (somebody else answered meanwhile).
    DecisionError: posting is off or impossible there, not approved, changed since, blocked by the check, in hand.
    SourceError: the site could not be asked what it shows now. In both cases nothing was sent.
    """
    with in_hand(world, draft_id, by) as hand:
        if not world.settings.replies.post:
            raise DecisionError("posting_off")
        if not can_post(world, hand.case.source):
            raise DecisionError("posting_unable", source=hand.case.source)
        if hand.case.draft.state not in {"approved", "failed"}:
            hand.need("approved")
        if hand.case.draft.approved_sha256 != decisions.sha256_of(hand.case.draft.text):
            raise DecisionError("draft_not_as_approved", id=draft_id)
    return post_one(world, draft_id, by=by.strip())


def delete_reply(world: World, review_id: int, *, by: str) -> None:
    """Take our reply down from the site. DecisionError: none of ours, or impossible. SourceError: the site's no."""
    if not by.strip():
        raise DecisionError("desk_nobody")
    unposting.delete_reply(world, review_id, by=by.strip())
