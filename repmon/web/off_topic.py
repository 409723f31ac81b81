"""Mentions of something else: one tap puts a mention aside, and what such taps taught may do it from then on."""

from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from starlette.responses import Response

from repmon import desk
from repmon.desk import learned
from repmon.desk.learned import Learned
from repmon.steps.off_topic import LEAST, REASON, Mark, MarkKind, marks_of
from repmon.store.handles import Row
from repmon.web.routing import NotFound, does
from repmon.web.visit import Visit
from repmon.web.whole import mine, number_of


@dataclass(frozen=True)
class Taught:
    """What dismissals of one source have taught. `missing` is how many more it takes before anything is proposed."""

    source: str
    rules: tuple[Learned, ...]
    proposals: tuple[Learned, ...]
    missing: int
    deciding: bool


def taught_by(visit: Visit, row: Row[Any]) -> Taught | None:
    """Gather what concerns one mention; None for anything else, and for one that nothing was learned of."""
    if row.kind != "mention":
        return None
    marks, aside = marks_of(row.title, row.text, row.author, row.url), row.dismissed_reason == REASON
    found = taught_of(visit, row.source, row.source_id)
    rules = tuple(one for one in found.rules if one.mark in marks)
    proposals = tuple(one for one in found.proposals if one.mark in marks) if aside else ()
    return replace(found, rules=rules, proposals=proposals) if aside or rules else None


def taught_of(visit: Visit, source: str, source_id: int) -> Taught:
    """Gather what is known of one source."""
    missing = max(0, LEAST - learned.dismissed_so_far(visit.world, source_id))
    proposals = [] if missing else learned.proposals(visit.world)
    return Taught(
        source, tuple(one for one in learned.rules(visit.world) if one.source == source),
        tuple(one for one in proposals if one.source == source), missing,
        visit.visitor.may("manager") and _everywhere(visit, source),
    )  # fmt: skip


def _everywhere(visit: Visit, name: str) -> bool:
    """Whether this person sees every review of the source, as a rule is for all of them."""
    if visit.visitor.locations is None:
        return True
    found = next((each for each in visit.world.settings.sources if each.id == name), None)
    return found is not None and all(map(visit.visitor.sees, (*found.locations.values(), found.location)))


def _dismiss(visit: Visit) -> Response:
    number = number_of(visit)
    mine(visit, number)
    desk.dismiss_off_topic(visit.world, number, by=visit.visitor.name)
    learning = any(number in one.mentions for one in learned.proposals(visit.world))
    return visit.back(f"/reviews/{number}", "did_off_topic_learned" if learning else "did_off_topic", id=number)


def _accept(visit: Visit) -> Response:
    source = _source(visit)
    kind = visit.field("kind")
    if kind not in get_args(MarkKind):
        raise NotFound
    mark = Mark(cast("MarkKind", kind), visit.field("value"))
    rule = desk.accept_learned(visit.world, source, mark, by=visit.visitor.name)
    known = learned.rule_numbered(visit.world, rule.number)
    said = "did_accept_rule_hiding" if known.hides else "did_accept_rule"
    return visit.back(visit.came_from(f"/sources/{source}"), said, words=known.words, hidden=known.hides)


def _drop(visit: Visit) -> Response:
    source, given = _source(visit), visit.field("rule")
    number = int(given) if given.isdecimal() and len(given) < len(str(2**31)) else 0
    if number not in {one.number for one in learned.rules(visit.world) if one.source == source}:
        raise NotFound
    reopened = desk.drop_off_topic(visit.world, number, by=visit.visitor.name)
    return visit.back(visit.came_from(f"/sources/{source}"), "did_drop_rule", reopened=reopened)


def _source(visit: Visit) -> str:
    """Give the source in the address; NotFound for one whose rules are not this visitor's to change."""
    name = str(visit.request.path_params["name"])
    if not _everywhere(visit, name):
        raise NotFound
    return name


ROUTES = (
    does("/reviews/{id:int}/off-topic", _dismiss),
    does("/sources/{name}/off-topic/accept", _accept),
    does("/sources/{name}/off-topic/drop", _drop),
)
