"""How far to read a listing, and when to stop. There is no cursor: known reviews tell where we were.

A cursor kept by time loses a review when two share a second across a page boundary; instead a read stops after 20
known, unchanged reviews in a row, and only where the last read of the listing came to its natural end.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from repmon.connector import Order

KNOWN_IN_A_ROW = 20
RECENT = timedelta(days=14)
RECENT_EVERY = timedelta(days=1)
SWEEP_EVERY = timedelta(days=7)

Reach = Literal["end", "recent", "known"]
Verdict = Literal["new", "edited", "known", "repeated", "too_old", "erased", "unreadable"]


@dataclass(frozen=True, slots=True)
class ListingFacts:
    """Where the reading of a listing stands."""

    first_finished_at: datetime | None = None
    last_finished: bool = False
    last_sweep_at: datetime | None = None
    last_recent_at: datetime | None = None
    had_one_request: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What one read is to do: `first` reads are quiet; `conditional` ones may be answered "nothing changed"."""

    reach: Reach
    first: bool
    sweep: bool
    conditional: bool
    oldest: datetime | None = None
    """Reviews older than this are left alone: the configured `history`."""
    partial: bool = False
    """Only what is on top, while the history below it still waits to be read: its end finishes nothing."""
    rationed: bool = False
    """It may make fewer requests than the day has left: cut short by that it has not failed."""


def plan_read(facts: ListingFacts, order: Order, history: timedelta | None, now: datetime) -> Plan:
    """Decide how far to read. The order of the questions is the rule."""
    first = facts.first_finished_at is None
    oldest = (facts.first_finished_at or now) - history if history else None
    if first or not facts.last_finished:
        return Plan("end", first, sweep=True, conditional=False, oldest=oldest)
    if order == "any":
        return Plan("end", first, sweep=True, conditional=facts.had_one_request, oldest=oldest)
    if _due(facts.last_sweep_at, SWEEP_EVERY, now):
        return Plan("end", first, sweep=True, conditional=False, oldest=oldest)
    if order == "newest" and _due(facts.last_recent_at, RECENT_EVERY, now):
        return Plan("recent", first, sweep=False, conditional=False, oldest=oldest)
    return Plan("known", first, sweep=False, conditional=True, oldest=oldest)


def plan_look(facts: ListingFacts, order: Order, history: timedelta | None, now: datetime) -> Plan:
    """The same where a read to the end has to wait: what is new is read all the same."""
    if facts.first_finished_at is not None and facts.last_finished:
        return plan_read(replace(facts, last_sweep_at=now), order, history, now)
    waiting = plan_read(facts, order, history, now)
    return replace(waiting, reach="known", sweep=False, partial=True)


def _due(last: datetime | None, every: timedelta, now: datetime) -> bool:
    """A last time that is still to come is a clock that was wrong, and no reason to wait for it."""
    return last is None or not timedelta(0) <= now - last < every


@dataclass(slots=True)
class Stop:
    """Watches the verdicts of one read in order and says when it has seen enough."""

    plan: Plan
    order: Order
    now: datetime
    streak: int = 0
    too_old: int = 0

    def enough(self, verdict: Verdict, written_at: datetime | None) -> bool:
        """Take one verdict; true when nothing further down can be news."""
        if verdict == "repeated":
            return False
        self.too_old = self.too_old + 1 if verdict == "too_old" else 0
        self.streak = self.streak + 1 if verdict in {"known", "erased"} else 0
        if self.order != "any" and self.too_old >= KNOWN_IN_A_ROW:
            return True
        if self.plan.reach == "end" or self.streak < KNOWN_IN_A_ROW:
            return False
        return self.plan.reach == "known" or (written_at is not None and written_at < self.now - RECENT)


def is_quiet(plan: Plan, written_at: datetime | None, source_added_at: datetime) -> bool:
    """Is this unseen review history? Only a first read is quiet, and then not for what was written since."""
    return plan.first and (written_at is None or written_at <= source_added_at)
