"""A person says what a review is; that wins over stars and words, and repmon learns from it."""

from repmon.errors import DecisionError
from repmon.review import Label, is_unhappy
from repmon.store import audit, reviews
from repmon.turn.world import World


def correct_label(world: World, review_id: int, label: Label | None, *, by: str) -> bool:
    """Correct the label of a review, or take the correction back (None); whether the review is unhappy now.

    A review that turns unhappy by it goes through the pipeline again, so that a reply is drafted; drafts there are
    stay. DecisionError: no such review, or nobody is named as acting.
    """
    if not by.strip():
        raise DecisionError("desk_nobody")
    with world.database.write() as session:
        row = reviews.find(session, review_id)
        if row is None:
            raise DecisionError("review_unknown", id=review_id)
        understanding = reviews.as_understanding(row)
        review = reviews.as_review(row, "")
        unhappy = is_unhappy(review, understanding.sentiment if understanding else None, label)
        if unhappy and not row.unhappy and row.step == "done":
            row.step = "understand"
        row.unhappy = unhappy
        row.corrected_label = label
        row.corrected_by, row.corrected_at = (by.strip(), world.clock()) if label else (None, None)
        audit.append(session, "review.corrected", f"review/{review_id}", actor=by.strip(), at=world.clock(),
                     values={"label": label, "version": row.version})  # fmt: skip
        return unhappy
