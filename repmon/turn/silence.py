"""Quiet for a review, source, place or rule: a person asks for it, with an end, and may lift it before."""

from datetime import datetime
from typing import Literal

from repmon.errors import DecisionError
from repmon.store import audit, holds, reviews, silences
from repmon.turn.world import World

Scope = Literal["review", "source", "location", "rule"]


def add_silence(world: World, scope: Scope, scope_id: str, until: datetime, *, by: str) -> int:
    """Keep alerts about something quiet until then; the silence's number. What it covers is decided about as ever, and
    held; when it ends, unhappy reviews that still wait for an answer come as one summary.

    DecisionError: the end is not in the future, there is no such review, or nobody is named.
    """
    by, now = by.strip(), world.clock()
    if not by:
        raise DecisionError("desk_nobody")
    if until <= now:
        raise DecisionError("silence_past")
    with world.database.write() as session:
        if scope == "review" and reviews.find(session, int(scope_id)) is None:
            raise DecisionError("review_unknown", id=scope_id)
        number = silences.add(session, scope, scope_id, until, by=by, now=now)
        audit.append(session, "silence.added", f"silence/{number}", actor=by, at=now,
                     values={"scope": scope, "scope_id": scope_id, "until": until.isoformat()})  # fmt: skip
    return number


def lift_silence(world: World, silence_id: int, *, by: str) -> None:
    """End a silence now; what it held is decided about again. DecisionError: it has ended, or nobody is named."""
    by, now = by.strip(), world.clock()
    if not by:
        raise DecisionError("desk_nobody")
    with world.database.write() as session:
        if not silences.lift(session, silence_id, now):
            raise DecisionError("silence_ended", id=silence_id)
        holds.look_again(session, now)
        audit.append(session, "silence.lifted", f"silence/{silence_id}", actor=by, at=now)
    world.outbox_filled.set()
