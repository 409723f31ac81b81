"""Words between colleagues beside a review, and who of them takes it on."""

from datetime import datetime

from repmon.desk.attention import LONGEST_WORDS, looking_at
from repmon.errors import DecisionError
from repmon.store import notes
from repmon.turn.world import World

LONGEST_NAME = 100


def add_note(world: World, review_id: int, text: str, *, by: str) -> int:
    """Leave a word to colleagues; its number. It is never posted anywhere. DecisionError: empty, or too long."""
    words = text.strip()
    if not words:
        raise DecisionError("note_empty")
    if len(words) > LONGEST_WORDS:
        raise DecisionError("words_too_long", length=len(words), longest=LONGEST_WORDS)
    with looking_at(world, review_id, by) as look:
        number = notes.add(look.session, review_id, words, by=look.by, now=look.now)
        look.write_down("review.noted", note=number)
        return number


def assign_review(world: World, review_id: int, to: str | None, until: datetime | None, *, by: str) -> None:
    """Give a review into somebody's hands, until then or without an end; None takes it back.

    DecisionError: an end that is not in the future, a name that is none, or nobody to take it back from.
    """
    name = " ".join(to.split()) if to is not None else None
    if name is not None and not 0 < len(name) <= LONGEST_NAME:
        raise DecisionError("assign_nobody")
    with looking_at(world, review_id, by) as look:
        if name is None and look.review.assigned_to is None:
            raise DecisionError("assign_none", id=review_id)
        if until is not None and (name is None or until <= look.now):
            raise DecisionError("assign_when")
        look.review.assigned_to, look.review.assigned_until = name, until
        look.write_down("review.assigned", to=name, until=until.isoformat(timespec="seconds") if until else None)
