"""Which due deliveries go out now, so that a slow target delays no other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

IN_FLIGHT = 3
"""Deliveries on their way at once: a process that dies can repeat no more messages than these."""


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery whose time has come; `suspect` says that the last attempt at its target failed."""

    id: int
    target: str
    suspect: bool


def pick(due: Sequence[Due], busy: Mapping[str, bool], at_most: int = IN_FLIGHT) -> list[int]:
    """Ids to send now. `due` comes in order of due time; `busy` maps targets in flight to whether they are suspect.

    One at a time to a target, `at_most` in all, and at most one of those to a suspect: a target that hangs is tried
    alone, beside targets that have proven to answer. Proven ones go first, each kind in order of due time.
    """
    chosen: dict[str, int] = {}
    suspect_in_flight = any(busy.values())
    for delivery in sorted(due, key=lambda one: one.suspect):
        if len(busy) + len(chosen) >= at_most:
            break
        if delivery.target in busy or delivery.target in chosen or (delivery.suspect and suspect_in_flight):
            continue
        chosen[delivery.target] = delivery.id
        suspect_in_flight = suspect_in_flight or delivery.suspect
    return list(chosen.values())
