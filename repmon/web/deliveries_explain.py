"""Why somebody was told about a review, or not: what `repmon explain` says, on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import Response

from repmon.steps.messages.figures import moment_of
from repmon.store import views
from repmon.store.explanations import Explanation, explanation
from repmon.store.handles import Row
from repmon.web.deliveries import event_words, state_badge
from repmon.web.entry import Badge
from repmon.web.routing import NotFound, shows
from repmon.web.told import sentence
from repmon.web.visit import Visit
from repmon.web.whole import number_of
from repmon.wording import say


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule that was looked at."""

    name: str
    sends: bool
    said: str


@dataclass(frozen=True, slots=True)
class Told:
    """One message, and what happened to it in order, as (moment, sentence)."""

    id: int
    target: str
    channel: str
    badge: Badge
    steps: Sequence[tuple[datetime, str]]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One event. `nobody` says why there is no message, "" where there are some."""

    words: str
    at: datetime
    rules: Sequence[Rule]
    messages: Sequence[Told]
    nobody: str


def _explain(visit: Visit) -> Response:
    number = number_of(visit)
    with visit.world.database.read() as session:
        rows = views.reviews_by_id(session, [number])
        if not rows or not visit.visitor.sees(rows[0].location):
            raise NotFound
        found = explanation(session, number)
    zone = visit.world.settings.business_of(rows[0].location).timezone
    nothing = "" if found.events else say("explain_history" if rows[0].history else "explain_nothing")
    chapters = [_chapter(event, found, zone) for event in found.events]
    return visit.page("explain.html", number=number, chapters=chapters, nothing=nothing)


def _chapter(event: Row[Any], found: Explanation, zone: str) -> Chapter:
    rules = [Rule(each.rule, each.sends, say(each.code, each.values)) for each in found.decisions
             if each.event_id == event.id]  # fmt: skip
    told = [_told(each, found, zone) for each in found.deliveries if each.event_id == event.id]
    nobody = "" if told else say(found.why_no_message(event))
    return Chapter(event_words(event.kind), event.at, rules, told, nobody)


def _told(delivery: Row[Any], found: Explanation, zone: str) -> Told:
    steps = [(row.at, _waited(row, zone)) for row in found.holds_of(delivery.id)]
    steps += [(row.at, _tried(row)) for row in found.attempts_of(delivery)]
    steps += [(at, say("explain_next")) for at in (found.next_try(delivery),) if at]
    return Told(
        delivery.id, delivery.masked, delivery.channel, state_badge(delivery), sorted(steps, key=lambda step: step[0])
    )


def _waited(row: Row[Any], zone: str) -> str:
    code = "hold_snoozed_by" if row.code == "hold_snoozed" and row.values.get("by") else row.code
    return say(code, {**row.values, "until": moment_of(row.values.get("until"), zone)})


def _tried(row: Row[Any]) -> str:
    return say("explain_tried", {"seconds": row.seconds, "answer": sentence(row.error) or say("explain_arrived")})


ROUTES = (shows("/reviews/{id:int}/explain", _explain),)
