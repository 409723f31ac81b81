"""Which reviews get a draft: unhappy ones, and happy ones where thanking them is switched on."""

from typing import Any

from repmon.config import Source
from repmon.review import Review, Sentiment
from repmon.steps.drafting.cases import PRAISE, case_of
from repmon.store.handles import Row
from repmon.turn.world import World


def wants_draft(
    world: World, row: Row[Any], source: Source | None, review: Review, sentiment: Sentiment, *, unhappy: bool
) -> bool:
    """Tell whether a reply is to be drafted. History gets none unless asked, competitors and answered reviews never."""
    if source is None or source.role != "own" or row.state not in {"open", "drafted"}:
        return False
    if row.history and not source.drafts_for_history:
        return False
    return unhappy or (world.settings.replies.thank_positive and case_of(review, sentiment) in PRAISE)
