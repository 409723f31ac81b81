"""Stored reviews read anew after what was learned has changed: how far that went, and what came of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, case, func, not_, or_, select, update
from sqlmodel import Session

from repmon.store.memory import recall, remember
from repmon.store.reviews import REVIEW, TO_READ
from repmon.store.statements import one_at_a_time

_FACT = "reading.anew"


@dataclass(frozen=True, slots=True)
class Progress:
    """Reviews up to number `until` are to be read anew; those up to `after` were, `read` of them in all.

    `changed` counts those whose label is another one now, by the language they were read in.
    """

    until: int
    after: int = 0
    read: int = 0
    changed: Mapping[str, int] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether nothing is left to read."""
        return self.after >= self.until


def begin(session: Session, now: datetime) -> None:
    """Have everything stored so far read anew, from the start."""
    last = session.scalar(select(func.max(REVIEW.c.id))) or 0
    _write(session, Progress(last), now)


def progress(session: Session) -> Progress | None:
    """How far it went; None where nothing was ever to be read anew."""
    fact = recall(session, _FACT)
    return Progress(**json.loads(fact.value)) if fact else None


def next_rows(session: Session, at: Progress, limit: int) -> Sequence[Row[Any]]:
    """The next reviews that words alone decide about, with the columns `reviews.as_review` takes.

    Those that wait for their first reading are left to it.
    """
    query = (
        select(*TO_READ)
        .where(REVIEW.c.id > at.after, REVIEW.c.id <= at.until)
        .where(REVIEW.c.label.is_not(None), REVIEW.c.step != "understand", _by_words_alone())
        .order_by(REVIEW.c.id)
        .limit(limit)
    )
    return session.connection().execute(query).all()


def move_on(
    session: Session, before: Progress, after: Progress, results: Iterable[Mapping[str, Any]], now: datetime
) -> bool:
    """Write down a batch and how far it went, together; nothing, and False, where another process was there first.

    `results` map columns to values, with the `id` and `version` they hold for. A person's label stays, and decides
    whether the review is unhappy. What turns unhappy is quiet, as history is: nobody is told, nothing is drafted.
    """
    one_at_a_time(session, _FACT)
    if progress(session) != before:
        return False
    rows = [{f"to_{name}": value for name, value in each.items()} for each in results]
    if rows:
        session.connection().execute(_update([name for name in rows[0] if name not in {"to_id", "to_version"}]), rows)
    _write(session, after, now)
    return True


def _update(names: Sequence[str]) -> Any:
    by_person = REVIEW.c.corrected_label
    negative = or_(by_person == "negative", and_(by_person.is_(None), bindparam("to_label") == "negative"))
    unhappy = case((negative, True), else_=False)  # where nobody corrected, the condition alone may be null
    return (
        update(REVIEW)
        .where(REVIEW.c.id == bindparam("to_id"), REVIEW.c.version == bindparam("to_version"))
        .values(
            {name.removeprefix("to_"): bindparam(name) for name in names}
            | {"history": or_(REVIEW.c.history, and_(not_(REVIEW.c.unhappy), unhappy)),
               "unhappy": unhappy}
        )
    )  # fmt: skip


def _by_words_alone() -> ColumnElement[bool]:
    """Neither stars nor a survey answer lead: the condition under which a learned model is asked."""
    survey = and_(REVIEW.c.scale == "nps", REVIEW.c.given.is_not(None))
    return and_(
        REVIEW.c.rating.is_(None), REVIEW.c.recommended.is_(None), not_(survey),
        or_(REVIEW.c.text != "", REVIEW.c.title != ""),
    )  # fmt: skip


def _write(session: Session, at: Progress, now: datetime) -> None:
    remember(session, _FACT, json.dumps(asdict(at)), now)
