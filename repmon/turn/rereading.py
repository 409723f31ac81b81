"""Reading stored reviews anew in the background, after something was learned, replaced or forgotten.

Only reviews that words alone decide about are read: stars and survey answers lead, and a person's label stays. No event
is raised and no reply drafted; a process that is killed goes on after the last batch it finished.
"""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from repmon.review import Sentiment, Understanding
from repmon.steps.model.features import spoken
from repmon.steps.model.learned import Model, read_with
from repmon.steps.understanding.score import score
from repmon.store import models, rereading, reviews
from repmon.store.handles import Row
from repmon.store.rereading import Progress
from repmon.turn.failures import tell
from repmon.turn.world import World

BATCH = 500
_JUDGED = ("label", "compound", "raw_score", "score", "conflict", "read_as", "reasons")

log = logging.getLogger("repmon")


def reread(world: World, batches: int | None = None) -> Progress | None:
    """Read on where the last time ended, so many batches or to the end; how far it is, None with nothing to read."""
    at = None
    while not world.stopping.is_set() and batches != 0:
        with world.database.read() as session:
            before = rereading.progress(session)
            if before is None or before.done:
                break
            rows, learned = rereading.next_rows(session, before, BATCH), models.active(session)
        at, results = _read(world, before, rows, learned)
        with world.database.write() as session:
            if not rereading.move_on(session, before, at, results, world.clock()):
                continue
        batches = None if batches is None else batches - 1
        if at.done:
            log.info("read anew", extra={"reviews": at.read, "changed": sum(at.changed.values())})
            break
    return at


def _read(
    world: World, before: Progress, rows: Sequence[Row[Any]], learned: Mapping[str, Model],
) -> tuple[Progress, list[dict[str, Any]]]:  # fmt: skip
    """Read one batch: how far that leads, and the columns of the rows that read differently."""
    results: list[dict[str, Any]] = []
    changed = Counter(before.changed)
    for row in rows:
        try:
            language, found = _reading(world, row, learned)
        except Exception as error:  # noqa: BLE001 - one poisoned text must not hold up the others; it stays as it was
            tell(row.id, "read anew", error)
            continue
        columns = reviews.as_columns(Understanding(found))
        if any(columns[name] != getattr(row, name) for name in _JUDGED):
            results.append({**{name: columns[name] for name in _JUDGED}, "id": row.id, "version": row.version})
            changed[language] += found.label != row.label
    last = rows[-1].id if len(rows) == BATCH else before.until
    return Progress(before.until, last, before.read + len(rows), {k: n for k, n in changed.items() if n}), results


def _reading(world: World, row: Row[Any], learned: Mapping[str, Model]) -> tuple[str, Sentiment]:
    """Read a review as `understand` does; with the language whose model was asked."""
    review = reviews.as_review(row, "")
    plain = score(review, world.settings.business_of(row.location).languages)
    return spoken(review, plain.language)[0], read_with(learned, review, plain)
