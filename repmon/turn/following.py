"""Following deletions where a site wants that: every stored review is asked about again, round by round.

What is gone becomes removed, what was edited is taken in as an edit. How far a round has come is remembered, so that
each poll does its share and a restart goes on.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from repmon.config import Source
from repmon.connector import Item
from repmon.errors import ItemUnreadable, SourceChanged, SourceError, SourceRefused
from repmon.steps.plan import Plan
from repmon.steps.reading import MISREADINGS, hide_secrets
from repmon.store import inbox, memory, retention
from repmon.store.tables import ReviewRow, SourceRow
from repmon.turn.arrivals import Sorter
from repmon.turn.doors import open_door
from repmon.turn.rechecking import key_of
from repmon.turn.world import World

BATCH = 50
"""Reviews asked about at once; a connector may turn them into one request."""
BATCHES = 5
"""So many a poll, at most."""
SUSPICIOUS = 10
"""So many reviews that are all gone at once are more likely a site that has changed."""
NEWS = Plan("known", first=False, sweep=False, conditional=False)


@dataclass(frozen=True)
class Round:
    """One round through the reviews of a source, by their numbers: those up to `after` have been asked about."""

    began: str
    after: int = 0
    done: bool = False


@dataclass
class Followed:
    """What came of it."""

    removed: int = 0
    edited: int = 0
    requests: int = 0


def follow(world: World, source: Source, row: SourceRow, left: int | None) -> Followed:
    """Do this poll's share of the round, with `left` requests at most. SourceError when the site does not say."""
    found = Followed()
    at = _round(world, source, row)
    if at is None:
        return found
    door = open_door(world, source, {}, left)
    for _ in range(BATCHES):
        if at.done or world.stopping.is_set():
            break
        with world.database.read() as session:
            rows = retention.shown_after(session, row.id or 0, at.after, BATCH)
        if rows:
            _take(world, source, row, rows, _asked(source, door, rows), found)
        at = Round(at.began, rows[-1].id or 0 if rows else at.after, done=len(rows) < BATCH)
        _remember(world, row, at)
    found.requests = door.requests
    return found


def _round(world: World, source: Source, row: SourceRow) -> Round | None:
    """The round in hand, or a new one where it is time; None when there is nothing to do."""
    every = source.settings.recheck_every
    if every is None or not source.settings.can("recheck"):
        return None
    now = world.clock()
    with world.database.read() as session:
        fact = memory.recall(session, _name(row))
    if fact is None:
        _remember(world, row, Round(now.isoformat(), done=True))  # what was just read for the first time is fresh
        return None
    at = Round(**json.loads(fact.value))
    if not at.done:
        return at
    return Round(now.isoformat()) if now - datetime.fromisoformat(at.began) >= every else None


def _asked(source: Source, door: Any, rows: Sequence[ReviewRow]) -> list[Item]:
    """What the site shows of these; one by one where its "not there" may mean any of them."""
    try:
        return list(source.settings.recheck(door, [key_of(row) for row in rows]))
    except SourceRefused as error:
        hide_secrets(source.settings, error)
        if error.code != "not_there":
            raise
    except SourceError as error:
        hide_secrets(source.settings, error)
        raise
    except (*MISREADINGS, ItemUnreadable) as error:
        raise SourceChanged("answer_unreadable", problem=type(error).__name__) from error
    return [each for row in rows for each in _asked(source, door, [row])] if len(rows) > 1 else []


def _take(
    world: World, source: Source, row: SourceRow, rows: Sequence[ReviewRow], items: list[Item], found: Followed
) -> None:
    """Write down what is gone and what was edited. An item that cannot be read proves nothing about any of them."""
    now = world.clock()
    numbers = {(each.place, each.external_id): each for each in rows}
    sorted_ = Sorter(source, NEWS, row.added_at, set()).sort(items, now)
    shown = {each.identity: each for each in sorted_.arrivals}
    gone = [each.id or 0 for identity, each in numbers.items() if identity not in shown]
    if len(gone) == len(rows) >= SUSPICIOUS:
        raise SourceChanged("all_gone_at_once", count=len(rows))
    with world.database.write() as session:
        for identity, arrival in shown.items():
            if identity in numbers:
                verdict = inbox.take_in(session, row.id or 0, numbers[identity].listing_id, [arrival], now)
                found.edited += verdict.count("edited")
        if not sorted_.set_aside:
            found.removed += retention.note_gone(session, gone, now)


def _remember(world: World, row: SourceRow, at: Round) -> None:
    with world.database.write() as session:
        memory.remember(session, _name(row), json.dumps(asdict(at)), world.clock())


def _name(row: SourceRow) -> str:
    return f"following.{row.id}"
