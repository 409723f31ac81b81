"""Learning in the background: from the stars in the database to models in use, outside the pipeline."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from repmon.steps.model.evaluate import held_for
from repmon.steps.model.learned import chance_with
from repmon.steps.model.learning import Example, Learned, example
from repmon.steps.model.learning import learn as learn_language
from repmon.steps.understanding.score import score
from repmon.store import models, reviews
from repmon.store.handles import Row
from repmon.turn.world import World

MOST = 20_000
"""So many of the latest reviews are learned from: the daemon's machine is small, and more hardly help."""
GROWTH = 0.1
BATCH = 500

log = logging.getLogger("repmon")


def learn(world: World, *, anew: bool = False) -> list[Learned]:
    """Learn from the stars and corrected labels of the stored reviews, language by language; what came of each.

    Nothing is done, and nothing returned, unless there is a tenth more to learn from than last time, or `anew` is set;
    nor when repmon is told to stop meanwhile. The transaction is open for the writing alone.
    """
    with world.database.read() as session:
        if not anew and not models.is_due(session, GROWTH):
            return []
        count, ids = models.judged_count(session), models.judged_ids(session, MOST)
    groups: dict[str, list[Example]] = {}
    for one in _examples(world, ids):
        groups.setdefault(one.language, []).append(one)
    outcomes: list[Learned] = []
    for language in sorted(groups, key=lambda language: (-len(groups[language]), language)):
        if world.stopping.is_set():
            return []
        if language:
            outcomes.append(learn_language(language, groups.pop(language)))
    with world.database.write() as session:
        models.keep(session, outcomes, count, world.clock())
    log.info("learned", extra={"languages": [found.language for found in outcomes if found.model]})
    return outcomes


def forget(world: World) -> int:
    """Go back to the plain scorer until somebody asks to learn again; how many models were in use."""
    with world.database.write() as session:
        return models.forget(session, world.clock())


def probability(world: World, row: Row[Any]) -> float | None:
    """How likely a stored review is an unhappy one, by what was learned; None where stars lead, or nothing was learned.

    `row` has the columns `reviews.as_review` takes.
    """
    with world.database.read() as session:
        learned = models.active(session)
    review = reviews.as_review(row, "")
    plain = score(review, world.settings.business_of(row.location).languages)
    return chance_with(learned, review, plain)


def _examples(world: World, ids: list[int]) -> Iterator[Example]:
    """Read the reviews page by page: a transaction that stays open keeps the write-ahead log from shrinking."""
    for start in range(0, len(ids), BATCH):
        if world.stopping.is_set():
            return
        with world.database.read() as session:
            rows = models.judged(session, ids[start : start + BATCH])
        for row in rows:
            negative = held_for(row.rating, row.corrected_label)
            if negative is not None:
                silent = replace(reviews.as_review(row, ""), rating=None, given=None, recommended=None)
                plain = score(silent, world.settings.business_of(row.location).languages)
                yield example(silent, plain, negative=negative)
