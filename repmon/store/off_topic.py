"""Off-topic mentions: those that people dismissed, those they kept, and the rules they accepted."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, update
from sqlmodel import Session

from repmon.review import Review
from repmon.steps.off_topic import REASON, Mark, Rule, fitting, marks_of, reason_of
from repmon.store.memory import recall, remember
from repmon.store.statements import one_at_a_time, table_of
from repmon.store.tables import ReviewRow

REVIEW = table_of(ReviewRow)
NAME = "off_topic.rules"
"""The fact that holds them: `{"next": 4, "rules": [[3, source, kind, value, example]]}`."""
MOST = 2_000
"""So many of the newest mentions of each kind are looked at."""
_LOOKED_AT = tuple(REVIEW.c[name] for name in ("id", "title", "text", "author", "url"))
_MENTION = REVIEW.c.kind == "mention"


def rules(session: Session) -> list[Rule]:
    """List the rules in force, by their number."""
    return [Rule(number, source, Mark(kind, value), example) for number, source, kind, value, example
            in _remembered(session)["rules"]]  # fmt: skip


def add(session: Session, source_id: int, mark: Mark, example: int, now: datetime) -> Rule:
    """Put a rule in force. Numbers are never given twice: the mentions it dismisses name it."""
    one_at_a_time(session, NAME)
    rule = Rule(int(_remembered(session)["next"]), source_id, mark, example)
    _remember(session, rule.number + 1, [*rules(session), rule], now)
    return rule


def drop(session: Session, number: int, now: datetime) -> Rule | None:
    """Take a rule out of force; None when there is none of this number."""
    one_at_a_time(session, NAME)
    those = rules(session)
    found = next((rule for rule in those if rule.number == number), None)
    if found:
        _remember(session, int(_remembered(session)["next"]), [rule for rule in those if rule != found], now)
    return found


def reopen_dismissed_by(session: Session, rule: Rule) -> int:
    """Take up again what this rule dismissed; how many. Those understood already are looked at for a draft."""
    table = REVIEW.c
    result = session.connection().execute(
        update(REVIEW)
        .where(table.source_id == rule.source_id, table.state == "dismissed", table.dismissed_reason == reason_of(rule))
        .values(state="open", dismissed_at=None, dismissed_reason=None, step="understand")
    )
    return int(result.rowcount)


def dismissed(session: Session, source_id: int) -> Sequence[Row[Any]]:
    """The newest mentions of a source that people, not rules, dismissed as off-topic: id, title, text, author, url."""
    return _newest(session, source_id, REVIEW.c.state == "dismissed", REVIEW.c.dismissed_reason == REASON)


def kept(session: Session, source_id: int) -> Sequence[Row[Any]]:
    """The newest mentions of a source that count as ours: answered, or left alone when one was last called off-topic.

    What came since then has not been judged, and what a first read brought nobody may ever have looked at.
    """
    last = (
        select(func.max(REVIEW.c.dismissed_at))
        .where(_MENTION, REVIEW.c.source_id == source_id, REVIEW.c.dismissed_reason == REASON)
        .scalar_subquery()
    )
    left = and_(REVIEW.c.state.in_(("open", "drafted")), REVIEW.c.history.is_(False), REVIEW.c.first_seen_at <= last)
    return _newest(session, source_id, or_(REVIEW.c.state == "answered", left))


def waiting(session: Session, source_id: int) -> Sequence[Row[Any]]:
    """The newest mentions of a source that wait for an answer: what a new rule may dismiss."""
    return _newest(session, source_id, REVIEW.c.state.in_(("open", "drafted")))


def hidden(session: Session) -> Counter[str]:
    """How many mentions each rule has dismissed, by the reason stored with them (`reason_of`)."""
    query = (
        select(REVIEW.c.dismissed_reason, func.count())
        .where(_MENTION, REVIEW.c.state == "dismissed", REVIEW.c.dismissed_reason.startswith(f"{REASON}/"))
        .group_by(REVIEW.c.dismissed_reason)
    )
    return Counter({row[0]: row[1] for row in session.connection().execute(query)})


def sources_with_dismissals(session: Session, least: int) -> list[int]:
    """The sources of which people dismissed at least so many mentions as off-topic."""
    query = (
        select(REVIEW.c.source_id)
        .where(_MENTION, REVIEW.c.state == "dismissed", REVIEW.c.dismissed_reason == REASON)
        .group_by(REVIEW.c.source_id)
        .having(func.count() >= least)
        .order_by(REVIEW.c.source_id)
    )
    return list(session.connection().execute(query).scalars())


def reasons_to_dismiss(session: Session, source_id: int, reviews: Iterable[Review]) -> list[str | None]:
    """For each review, in order, the reason to store it dismissed; None for those no rule of its source fits."""
    those = [rule for rule in rules(session) if rule.source_id == source_id]
    return [_reason(those, review) for review in reviews]


def at_first_sight(reason: str | None, now: datetime) -> dict[str, Any]:
    """Give the columns that tell why a mention never seen before is stored dismissed; None for those that are not."""
    columns = {"dismissed_at": now if reason else None, "dismissed_reason": reason}
    return {**columns, "state": "dismissed"} if reason else columns


def _reason(those: Sequence[Rule], review: Review) -> str | None:
    if not those or review.kind != "mention":
        return None
    rule = fitting(those, marks_of(review.title, review.text, review.author, review.url))
    return reason_of(rule) if rule else None


def _newest(session: Session, source_id: int, *conditions: Any) -> Sequence[Row[Any]]:
    query = (
        select(*_LOOKED_AT)
        .where(_MENTION, REVIEW.c.source_id == source_id, *conditions)
        .order_by(REVIEW.c.id.desc())
        .limit(MOST)
    )
    return session.connection().execute(query).all()


def _remembered(session: Session) -> dict[str, Any]:
    fact = recall(session, NAME)
    return json.loads(fact.value) if fact else {"next": 1, "rules": []}


def _remember(session: Session, following: int, those: Iterable[Rule], now: datetime) -> None:
    rows = [[rule.number, rule.source_id, rule.mark.kind, rule.mark.value, rule.example] for rule in those]
    remember(session, NAME, json.dumps({"next": following, "rules": rows}), now)
