"""The lists of the desk's inbox: what waits for a person, a page at a time, read off an index from a key on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, get_args

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    TextClause,
    and_,
    bindparam,
    exists,
    func,
    not_,
    or_,
    select,
    text,
    tuple_,
)
from sqlmodel import Session

from repmon.steps.compact import compact
from repmon.store.search import matching
from repmon.store.statements import table_of
from repmon.store.tables import DraftRow, ReviewRow, SourceRow

REVIEW, SOURCE, DRAFT = table_of(ReviewRow), table_of(SourceRow), table_of(DraftRow)
Tab = Literal["needs", "drafts", "approved", "older", "all"]
TABS: tuple[Tab, ...] = get_args(Tab)
NEWEST_FIRST = frozenset({"older", "all"})
NOT_POSTED = ("approved", "posting", "unknown", "failed")
MOST_COUNTED: Mapping[str, int] = {"all": 10_000}
COUNTED = 1_000
"""Counting ends here: nobody acts differently on 1,370 than on `999+`."""
LOOKED_AT = 600
"""Characters of a text that a list reads: it may be a megabyte, and two lines of it are shown."""
LISTED = (
    *(REVIEW.c[name] for name in (
        "id", "at", "written_at", "first_seen_at", "rating", "given", "out_of", "scale", "recommended", "kind", "title",
        "author", "location", "label", "corrected_label", "conflict", "unhappy", "state", "topics", "version",
        "snoozed_until", "assigned_to", "assigned_until", "acknowledged_at", "acknowledged_by", "removed_at", "outcome",
        "history",
    )),
    func.substr(REVIEW.c.text, 1, LOOKED_AT).label("text"),
    SOURCE.c.name.label("source"),
)  # fmt: skip
_ENTRIES = select(*LISTED).join(SOURCE, SOURCE.c.id == REVIEW.c.source_id)
UNANSWERED = text("review.unhappy AND review.state IN ('open', 'drafted')")
"""Spelled as the partial index has it, else SQLite would not use that."""
Key = tuple[datetime, int]
Moment = datetime | BindParameter[datetime]
Condition = ColumnElement[bool] | TextClause


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reviews of a tab; what is left out (None) does not matter. `places` are those the visitor may see."""

    tab: Tab = "needs"
    places: tuple[str, ...] | None = None
    location: str | None = None
    source: str | None = None
    state: str | None = None
    label: str | None = None
    unhappy: bool = False
    topic: str | None = None
    assigned_to: str | None = None
    since: datetime | None = None
    search: str | None = None


def page(session: Session, wanted: Wanted, now: datetime, *, after: Key | None, limit: int) -> Sequence[Row[Any]]:
    """List the next `limit` reviews behind the key of the last one shown; oldest first where it presses."""
    newest_first = wanted.tab in NEWEST_FIRST
    query = select(REVIEW.c.id).where(*_conditions(session, wanted, now))
    if after is not None:
        here = tuple_(REVIEW.c.at, REVIEW.c.id)
        query = query.where(here < after if newest_first else here > after)
    order = (REVIEW.c.at.desc(), REVIEW.c.id.desc()) if newest_first else (REVIEW.c.at, REVIEW.c.id)
    ids = session.connection().scalars(query.order_by(*order).limit(limit)).all()
    return _listed(session, ids)


def counts(session: Session, places: tuple[str, ...] | None, now: datetime) -> dict[Tab, int]:
    """How many reviews each tab holds at these places, counted no further than `most_counted`."""
    row = session.connection().execute(_counting(places), {"now": now}).one()
    return dict(zip(TABS, tuple(row), strict=True))


def most_counted(tab: str) -> int:
    """From this number on, a count means "so many or more"."""
    return MOST_COUNTED.get(tab, COUNTED)


def latest_drafts(session: Session, review_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """The newest draft of each review (`id`, `state`), by the review's number."""
    columns: tuple[Any, ...] = (DRAFT.c.id, DRAFT.c.review_id, DRAFT.c.state)
    query = select(*columns).where(DRAFT.c.review_id.in_(review_ids)).order_by(DRAFT.c.id)
    return {row.review_id: row for row in session.connection().execute(query)}


def needing_an_answer(now: Moment) -> ColumnElement[bool]:
    """Unhappy, without an answer, not put off, of a place of our own.

    What the first read of a listing found counts once somebody asked for a draft: an inbox that begins with years of
    old complaints would hide the new one.
    """
    awake = or_(REVIEW.c.snoozed_until.is_(None), REVIEW.c.snoozed_until <= now)
    return and_(UNANSWERED, or_(not_(REVIEW.c.history), REVIEW.c.state == "drafted"), awake, _ours())


def _ours() -> ColumnElement[bool]:
    """Said the other way round, since SQLite would go through the reviews source by source."""
    return REVIEW.c.source_id.not_in(select(SOURCE.c.id).where(SOURCE.c.role != "own"))


@lru_cache(maxsize=64)
def _counting(places: tuple[str, ...] | None) -> Select[Any]:
    """Count all tabs in one statement, put together once: that takes longer than running it."""
    now: BindParameter[datetime] = bindparam("now", type_=REVIEW.c.at.type)
    those = []
    for tab in TABS:
        some = select(REVIEW.c.id).where(*_of_tab(tab, now), *_filters(Wanted(tab, places), now))
        those.append(select(func.count()).select_from(some.limit(most_counted(tab)).subquery()).scalar_subquery())
    return select(*those)


def _listed(session: Session, ids: Sequence[int]) -> list[Row[Any]]:
    """Read those rows only: sorting whole ones would cost more than finding them."""
    query = _ENTRIES.where(REVIEW.c.id.in_(ids))
    found = {row.id: row for row in session.connection().execute(query)}
    return [found[each] for each in ids]


def _conditions(session: Session, wanted: Wanted, now: datetime) -> list[Condition]:
    searched = [matching(session, wanted.search)] if wanted.search else []
    return [*_of_tab(wanted.tab, now), *_filters(wanted, now), *searched]


def _of_tab(tab: Tab, now: Moment) -> list[Condition]:
    if tab == "needs":
        return [needing_an_answer(now)]
    if tab == "older":
        return [UNANSWERED, REVIEW.c.history, REVIEW.c.state == "open", _ours()]
    if tab == "drafts":
        return [REVIEW.c.id.in_(select(DRAFT.c.review_id).where(DRAFT.c.state == "pending"))]
    if tab == "approved":
        newer = DRAFT.alias()
        last = not_(exists().where(newer.c.review_id == DRAFT.c.review_id, newer.c.id > DRAFT.c.id))
        return [REVIEW.c.id.in_(select(DRAFT.c.review_id).where(DRAFT.c.state.in_(NOT_POSTED), last))]
    return []


def _at_places(places: tuple[str, ...]) -> ColumnElement[bool]:
    """Of several places SQLite would collect and sort all reviews; hidden from its index it goes by date instead."""
    if len(places) == 1:
        return REVIEW.c.location == places[0]
    return func.coalesce(REVIEW.c.location, "").in_(places)


def _filters(wanted: Wanted, now: Moment) -> list[ColumnElement[bool]]:
    label = func.coalesce(REVIEW.c.corrected_label, REVIEW.c.label, "unknown")
    pairs = ((REVIEW.c.location, wanted.location), (REVIEW.c.state, wanted.state), (label, wanted.label))
    found = [column == value for column, value in pairs if value is not None]
    if wanted.places is not None:
        found.append(_at_places(wanted.places))
    if wanted.source is not None:
        found.append(REVIEW.c.source_id == select(SOURCE.c.id).where(SOURCE.c.name == wanted.source).scalar_subquery())
    if wanted.unhappy:
        found.append(REVIEW.c.unhappy)
    if wanted.topic is not None:
        found.append(REVIEW.c.topics.contains(f"[{compact(wanted.topic)},", autoescape=True))
    if wanted.assigned_to is not None:
        running = or_(REVIEW.c.assigned_until.is_(None), REVIEW.c.assigned_until > now)
        found.append(and_(REVIEW.c.assigned_to == wanted.assigned_to, running))
    if wanted.since is not None:
        found.append(wanted.since <= REVIEW.c.at)
    return found
