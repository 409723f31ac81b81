"""The Deliveries page: every message, whom it went to and what became of it; given-up ones may be tried again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, get_args
from urllib.parse import urlencode

from starlette.responses import Response

from repmon.desk.outbox import retry_all, retry_delivery
from repmon.steps.alerting.holding import DropCode
from repmon.steps.messages.figures import moment
from repmon.store import delivery_views
from repmon.store.delivery_views import COUNTED, STATES, WantedDeliveries
from repmon.store.handles import Row
from repmon.web.entry import Badge
from repmon.web.routing import NotFound, does, shows
from repmon.web.told import sentence
from repmon.web.visit import Visit
from repmon.wording import SENTENCES, say

HERE = "/deliveries"
PAGE = 50
LARGEST = 2**31 - 1
TABS = ("", "waiting", "failed", "kept", "delivered")
_TONE = {"delivered": "good", "failed": "bad", "held": "warn"}


@dataclass(frozen=True, slots=True)
class Line:
    """One message as the list shows it. `waits` and `error` are sentences, "" where there is none."""

    id: int
    made_at: datetime
    event: str
    review_id: int | None
    rule: str
    target: str
    badge: Badge
    attempts: int
    done_at: datetime | None
    next_at: datetime | None
    waits: str
    error: str
    given_up: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One address of the list; what makes no sense in it counts as not said."""

    state: str = ""
    target: str = ""
    before: int | None = None

    def url(self, **changed: Any) -> str:
        """The address with something else asked for, from the newest on unless `before` is given."""
        now = replace(self, **{"before": None, **changed})
        query = urlencode({name: value for name in ("state", "target", "before") if (value := getattr(now, name))})
        return f"{HERE}?{query}" if query else HERE


def _list(visit: Visit) -> Response:
    asked = _asked(visit.request.query_params)
    wanted = WantedDeliveries(visit.visitor.locations, asked.state, asked.target)
    with visit.world.database.read() as session:
        rows = delivery_views.page(session, wanted, before=asked.before, limit=PAGE + 1)
        counts = {state: _counted(delivery_views.number(session, replace(wanted, state=state, target="")))
                  for state in ("waiting", "failed")}  # fmt: skip
        targets = delivery_views.all_targets(session) if visit.visitor.locations is None else _of(rows)
    more = asked.url(before=rows[PAGE - 1].id) if len(rows) > PAGE else ""
    zone = visit.world.settings.business.timezone
    open_until = {each.key: each.open_until for each in targets if each.open_until}
    return visit.page(
        "deliveries.html", asked=asked, lines=[_line(row, zone, open_until) for row in rows[:PAGE]], more=more,
        counts=counts, tabs=TABS, targets=[(each.key, f"{each.masked} ({each.channel})") for each in targets],
        trouble=_trouble(targets, zone, visit.now), deciding=visit.visitor.may("manager"),
        owning=visit.visitor.may("owner") and counts["failed"] != "0",
    )  # fmt: skip


def _retry(visit: Visit) -> Response:
    number = int(visit.request.path_params["id"])
    with visit.world.database.read() as session:
        row = delivery_views.one(session, number) if number <= LARGEST else None
    if row is None or not visit.visitor.sees(row.location):
        raise NotFound
    retry_delivery(visit.world, number, by=visit.visitor.name)
    return visit.back(visit.came_from(HERE), "did_retry_message", id=number)


def _retry_all(visit: Visit) -> Response:
    return visit.back(HERE, "did_retry_messages", number=retry_all(visit.world, by=visit.visitor.name))


def _asked(query: Mapping[str, str]) -> Asked:
    state, target, before = (query.get(name, "") for name in ("state", "target", "before"))
    known = before.isascii() and before.isdigit() and len(before) < 10 and int(before)  # noqa: PLR2004 - below 2**31
    return Asked(state if state in STATES else "", target if "\0" not in target else "", int(before) if known else None)


def _counted(number: int) -> str:
    return f"{COUNTED - 1:,}+" if number >= COUNTED else f"{number:,}"


def _of(rows: Sequence[Row[Any]]) -> Sequence[Any]:
    """The targets of the shown messages: who looks after one place need not know the other addresses."""
    found = {row.target: _Target(row.target, row.masked, row.channel) for row in rows}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Target:
    key: str
    masked: str
    channel: str
    failures: int = 0
    error: None = None
    open_until: None = None
    retired_at: None = None


def _line(row: Row[Any], zone: str, open_until: Mapping[str, datetime]) -> Line:
    waiting = row.state == "pending" or (row.state == "held" and row.held_until is not None)
    closed = open_until.get(row.target)
    next_at = row.next_attempt_at if waiting else None
    return Line(
        row.id, row.created_at, event_words(row.kind), row.review_id, row.rule, row.masked, state_badge(row),
        row.attempts, row.delivered_at, max(next_at, closed) if next_at and closed else next_at, _waits(row, zone),
        sentence(row.error) if row.state != "delivered" else "", row.state == "failed",
    )  # fmt: skip


def event_words(kind: str) -> str:
    """A kind of event in words."""
    code = f"event_{kind}"
    return say(code) if code in SENTENCES else kind


def state_badge(row: Row[Any]) -> Badge:
    """The state of a message, in a word."""
    if row.state == "held" and row.held_for in get_args(DropCode):
        return Badge(say("delivery_is_kept"))
    return Badge(say(f"delivery_is_{row.state}"), _TONE.get(row.state, ""))


def _waits(row: Row[Any], zone: str) -> str:
    """What a message is held for; "" for one that is not."""
    if row.bundle_id is not None:
        return say("hold_bundled", {"lead": row.bundle_id})
    if row.state != "held" or not row.held_for:
        return ""
    return say(f"hold_{row.held_for}", {"until": moment(row.held_until, zone) if row.held_until else ""})


def _trouble(targets: Sequence[Any], zone: str, now: datetime) -> list[str]:
    """A sentence for each address that messages do not get through to now."""
    found = []
    for each in targets:
        if each.failures and each.retired_at is None:
            said = say("deliveries_trouble", {"target": each.masked, "reason": sentence(each.error)})
            later = each.open_until is not None and each.open_until > now
            until = say("deliveries_trouble_until", {"until": moment(each.open_until, zone)}) if later else ""
            found.append(f"{said} {until}".rstrip())
    return found


ROUTES = (
    shows(HERE, _list),
    does(HERE + "/retry", _retry_all, needs="owner"),
    does(HERE + "/{id:int}/retry", _retry),
)
