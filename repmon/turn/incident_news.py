"""Raises what is to be said about an incident: ids, figures and names of topics; the message is written when sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from repmon.review import EventKind
from repmon.steps.alerting.bursts import USUAL
from repmon.steps.alerting.rules import decide
from repmon.steps.alerting.shared_topics import shared_topics
from repmon.store import events, incidents
from repmon.store.handles import Session
from repmon.store.tables import EventRow, IncidentRow
from repmon.turn.facts import facts_of
from repmon.turn.world import World

CALM = timedelta(hours=48)
"""So long without an unusual number of unhappy reviews, and an incident is over."""
KEPT = 12
"""So many reviews of an incident are kept by number with its events, the newest."""


def tell(world: World, session: Session, row: IncidentRow, kind: EventKind, now: datetime) -> None:
    """Raise the incident's next event of this kind, to whom it was opened; opening it decides who that is."""
    held = members(session, row)
    values = {**_values(session, row, held), **(_afterwards(session, row, held) if kind == "incident.closed" else {})}
    key = f"{kind}/{row.id}"
    if kind == "incident.updated":
        key += f"/{row.values['words'] + 1}"
        row.values = {**row.values, "words": row.values["words"] + 1}
    channels = row.values.get("channels")
    if channels is None:
        news = EventRow(key=key, kind=kind, at=now, location=row.location, values=values)
        channels = _channels(world, session, news, [each.id for each in held])
    events.raise_event(session, key, kind, now, location=row.location, values={**values, "channels": channels})
    row.values = {**row.values, "told": len(held), "unhappy": len(held), "channels": channels}
    row.updated_at = now


def members(session: Session, row: IncidentRow) -> Sequence[Any]:
    """The unhappy reviews that belong to an incident, newest first."""
    return incidents.members(session, row.location, datetime.fromisoformat(row.values["since"]))


def _values(session: Session, row: IncidentRow, held: Sequence[Any]) -> dict[str, Any]:
    since = datetime.fromisoformat(row.values["since"])
    before = incidents.earlier_topics(session, row.location, since - USUAL, since)
    return {
        "incident": row.id, "unhappy": len(held), "before": row.values["told"], "usual": row.values["usual"],
        "hours": row.values["hours"], "reviews": row.values["reviews"],
        "since": (held[-1].at if held else row.opened_at).isoformat(),
        "topics": shared_topics(incidents.blamed(each.topics for each in held), before),
        "review_ids": [each.id for each in held[:KEPT]],
    }  # fmt: skip


def _afterwards(session: Session, row: IncidentRow, held: Sequence[Any]) -> dict[str, Any]:
    """What happened next: how many were answered, and the stars since the last unusual review."""
    rated, mean = incidents.mean_stars(session, row.location, datetime.fromisoformat(row.values["excess_at"]))
    return {"calm_hours": round(CALM / timedelta(hours=1)), "answered": sum(each.state == "answered" for each in held),
            "waiting": sum(each.state in {"open", "drafted"} for each in held),
            "rated_since": rated, "stars_since": None if mean is None else round(mean, 1)}  # fmt: skip


def _channels(world: World, session: Session, news: EventRow, review_ids: Sequence[int]) -> list[str]:
    """Who hears of the incident: whom a rule names for it, else everybody who would hear of its reviews singly."""
    named = _told(world, session, news)
    if named:
        return named
    found = dict[str, None]()
    for each in review_ids:
        single = EventRow(key="", kind="review.new", at=news.at, review_id=each, location=news.location,
                          source_id=incidents.source_of(session, each))  # fmt: skip
        found |= dict.fromkeys(_told(world, session, single))
    return list(found)


def _told(world: World, session: Session, event: EventRow) -> list[str]:
    rules = world.settings.rules_or_defaults()
    sends = next((each.rule for each in decide(facts_of(world, session, event), rules) if each.sends), None)
    return next((list(rule.notify) for rule in rules if rule.name == sends), [])
