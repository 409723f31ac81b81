"""The weeks, visit by visit: a source hands out its file, and one real turn of repmon follows."""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from repmon.config import Settings
from repmon.demo.exports import hand_out
from repmon.demo.mailbox import Letter, Mailbox
from repmon.demo.story import Story
from repmon.pipeline import Outcome, World, turn
from repmon.store import views
from repmon.store.database import Database

SEED = 7


@dataclass(frozen=True)
class Visit:
    """One turn: when, how the source went, how many of its new reviews were unhappy or had stars and words in conflict,
    and what the owner received.
    """

    at: datetime
    outcome: Outcome
    unhappy: int
    conflict: int
    letters: Sequence[Letter]


class Stage:
    """A clock that stands where the story is."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def clock(self) -> datetime:
        """What repmon takes for now."""
        return self.at


def play(settings: Settings, database: Database, story: Story, folder: Path, mailbox: Mailbox) -> list[Visit]:
    """Let the story happen in `folder`; every visit in order. The clock is the story's, the rest is as always.

    Sources have their turns one after the other, so that the same story gives the same numbers every time.
    """
    logging.getLogger("repmon").addHandler(logging.NullHandler())  # what goes wrong on purpose is told in the report
    stage = Stage(story.begins)
    world = World(settings, database, clock=stage.clock, rng=random.Random(SEED))  # noqa: S311 - spreads retries only
    configured = {source.id: source for source in settings.sources}
    visits = []
    for at, name in story.visits():
        stage.at = at
        hand_out(story, name, at, folder)
        (outcome,) = turn(world, [configured[name]]).outcomes
        visits.append(Visit(at, outcome, *_remarkable(database, name, at), mailbox.emptied()))
    return visits


def _remarkable(database: Database, source: str, at: datetime) -> tuple[int, int]:
    with database.read() as session:
        rows = views.reviews_by_id(session, views.review_ids(session, views.ReviewFilter(source=source)))
    new = [row for row in rows if row.first_seen_at == at]
    return sum(row.unhappy for row in new), sum(row.conflict for row in new)
