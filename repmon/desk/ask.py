"""A person asks for a draft where repmon wrote none by itself: an old review, one that is not unhappy."""

from repmon.desk.attention import looking_at
from repmon.errors import DecisionError
from repmon.store import decisions
from repmon.turn.world import World


def ask_for_draft(world: World, review_id: int, *, by: str) -> None:
    """Let a draft be written at the next turn. DecisionError: one waits already, or the review needs no answer."""
    with looking_at(world, review_id, by) as look:
        current = decisions.undecided_of(look.session, review_id)
        if current is not None:
            raise DecisionError("draft_there", draft=current.id)
        if look.review.state not in {"open", "drafted"} or look.review.step == "understand":
            raise DecisionError("draft_not_now", id=review_id)
        look.review.step = "draft"
        look.write_down("review.draft_asked")
