"""Learned models, and the reviews they are learned from."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, delete, func, or_, select, update
from sqlmodel import Session, col

from repmon.steps.model.learned import Model, as_text, from_text
from repmon.steps.model.learning import Learned
from repmon.store import rereading
from repmon.store.memory import Fact, recall, remember
from repmon.store.reviews import REVIEW, TO_READ
from repmon.store.statements import table_of
from repmon.store.tables import ModelRow

MODEL = table_of(ModelRow)
_LAST = "learning.last"
_FORGOTTEN = "forgotten"


def active(session: Session) -> dict[str, Model]:
    """The model in use for each language, by its code; those another version of repmon wrote are left out."""
    rows = session.scalars(select(ModelRow).where(col(ModelRow.active)).order_by(col(ModelRow.id)))
    found = {row.language: from_text(row.weights) for row in rows}
    return {language: model for language, model in found.items() if model is not None}


def keep(session: Session, outcomes: Iterable[Learned], learned_from: int, now: datetime) -> None:
    """Put what was learned in the place of what was in use; all versions stay, with how they did.

    Where that is another reading than before, what is stored is to be read anew.
    """
    before = _in_use(session)
    session.connection().execute(update(MODEL).where(MODEL.c.active).values(active=False))
    for found in outcomes:
        if found.learned is None or found.plain is None:
            continue
        session.add(ModelRow(
            language=found.language, trained_at=now, trained_on=found.reviews, active=found.model is not None,
            weights=as_text(found.model) if found.model else "",
            figures={"negatives": found.negatives, "plain": asdict(found.plain), "learned": asdict(found.learned)},
        ))  # fmt: skip
    remember(session, _LAST, str(learned_from), now)
    session.flush()
    if _in_use(session) != before:
        rereading.begin(session, now)


def forget(session: Session, now: datetime) -> int:
    """Delete every model, and learn nothing by itself any more; how many were in use."""
    used = len(_in_use(session))
    session.connection().execute(delete(MODEL))
    remember(session, _LAST, _FORGOTTEN, now)
    if used:
        rereading.begin(session, now)
    return used


def is_due(session: Session, growth: float) -> bool:
    """Tell whether there are so many more judged reviews than last time (0.1: a tenth), and nobody said to forget."""
    last: Fact | None = recall(session, _LAST)
    if last is None:
        return True
    return last.value != _FORGOTTEN and judged_count(session) >= int(last.value) * (1 + growth)


def judged_count(session: Session) -> int:
    """How many reviews have text, and stars or a person's label."""
    return session.scalar(select(func.count()).select_from(REVIEW).where(_judged())) or 0


def judged_ids(session: Session, limit: int) -> list[int]:
    """Number the most recently written ones."""
    when = func.coalesce(REVIEW.c.written_at, REVIEW.c.first_seen_at)
    query = select(REVIEW.c.id).where(_judged()).order_by(when.desc(), REVIEW.c.id.desc()).limit(limit)
    return list(session.connection().scalars(query))


def judged(session: Session, ids: Sequence[int]) -> Sequence[Row[tuple[object, ...]]]:
    """Look those reviews up, with the columns `reviews.as_review` takes."""
    query = select(*TO_READ).where(REVIEW.c.id.in_(ids)).order_by(REVIEW.c.id)
    return session.connection().execute(query).all()


def _in_use(session: Session) -> dict[str, str]:
    """The weights in use, by language."""
    rows = session.connection().execute(select(MODEL.c.language, MODEL.c.weights).where(MODEL.c.active))
    return {row.language: row.weights for row in rows}


def _judged() -> ColumnElement[bool]:
    return and_(or_(REVIEW.c.rating.is_not(None), REVIEW.c.corrected_label.is_not(None)), REVIEW.c.text != "")
