"""Escalation: an unhappy review nobody has answered goes to the next person, step by step."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from repmon.review import EventKind
from repmon.steps.alerting.escalation import DEFAULT_AFTER, looked_back, next_step, step_due
from repmon.store import events, unanswered
from repmon.turn.world import World

KIND: EventKind = "review.unanswered"
AT_ONCE = 500
_HOUR = timedelta(hours=1)


def watch_unanswered(world: World) -> None:
    """Raise `review.unanswered` for every step that is due, once each; the higher step stands for those below it."""
    after = _steps(world)
    if not after:
        return
    now = world.clock()
    with world.database.read() as session:
        rows = iter(unanswered.waiting(session, now - looked_back(after), now))
        due: list[tuple[str, Any, int]] = []
        while some := list(islice(rows, AT_ONCE)):
            steps = [(row, step_due(after, row.since, now)) for row in some]
            found = [(f"{KIND}/{row.id}/{row.version}/{step}", row, step) for row, step in steps if step]
            known = unanswered.raised(session, [key for key, *_ in found])
            due += [each for each in found if each[0] not in known]
    if due:
        with world.database.write() as session:
            for key, row, step in due:
                values = _values(world, after, step, row.since, now)
                events.raise_event(session, key, KIND, now, source_id=row.source_id, review_id=row.id,
                                   location=row.location, values=values)  # fmt: skip


def _steps(world: World) -> Sequence[timedelta]:
    """The steps of the file; without any, a day where a rule asks for what is unanswered."""
    given = tuple(step.after for step in world.settings.alerts.escalate)
    asked = any(KIND in rule.when.events for rule in world.settings.rules_or_defaults())
    return given or (DEFAULT_AFTER if asked else ())


def _values(world: World, after: Sequence[timedelta], step: int, since: datetime, now: datetime) -> dict[str, object]:
    values: dict[str, object] = {"step": step, "hours": int((now - since) / _HOUR)}
    steps = world.settings.alerts.escalate
    if not steps:
        return values
    following = next_step(after, step)
    named = ", ".join(steps[following - 1].notify) if following else None
    left = round((since + after[following - 1] - now) / _HOUR, 1) if following else None
    return {**values, "next": named, "next_hours": left}
