"""A step that failed on one row: counted, kept with its reason, and after three times set aside."""

import logging
import traceback

from repmon.errors import RepmonError
from repmon.store import reviews
from repmon.turn.world import World

log = logging.getLogger("repmon")


def set_back(world: World, review_id: int, step: str, error: Exception) -> None:
    """Count a failed step of one review."""
    tell(review_id, step, error)
    with world.database.write() as session:
        reviews.step_failed(session, review_id, _stored(error, step), world.clock())


def tell(review_id: int, step: str, error: Exception) -> None:
    """Log where a step failed, without the text that caused it."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    log.error("step failed", extra={"step": step, "review": review_id, "problem": type(error).__name__,
                                    "where": f"{where.name}:{where.lineno}"})  # fmt: skip


def _stored(error: Exception, step: str) -> dict[str, object]:
    known = error if isinstance(error, RepmonError) else RepmonError(
        "step_stumbled", step=step, problem=type(error).__name__
    )  # fmt: skip
    return known.stored()
