"""The message after repmon was away without having been asked to: from when to when, and what came in meanwhile."""

from collections.abc import Mapping
from datetime import datetime

from repmon.steps.alerting.facts import Facts
from repmon.steps.messages.figures import moment
from repmon.wording import count, say

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def restarted_title(facts: Facts) -> str:
    """How long it was away; how often, where that was more than once."""
    times, span = _number(facts, "times"), _span(facts)
    if span is None:
        return say("title_restarted_plain")
    return say("title_restarted_often", {"n": times}) if times > 1 else say("title_restarted", span)


def restarted(facts: Facts, _names: Mapping[str, str]) -> list[str]:
    """What happened, what was found since, and what to do."""
    crashes = _number(facts, "crashes")
    return [_what(facts, crashes), _found(facts), say("restarted_advice") if crashes else ""]


def _what(facts: Facts, crashes: int) -> str:
    times, span = _number(facts, "times"), _span(facts)
    if span is None:
        return say("restarted_plain")
    often = times > 1
    down = say("restarted_often" if often else "restarted_down", {**span, "n": times})
    why = say("restarted_crashes" if often else "restarted_crash") if crashes else ""
    return " ".join(filter(None, (down, why)))


def _found(facts: Facts) -> str:
    sources, asked, new = (_number(facts, name) for name in ("sources", "asked", "new"))
    if not sources:
        return ""
    if not asked:
        return say("restarted_unasked")
    reviews = count(new, "{n} review", "{n} reviews")
    if asked < sources:
        return say("restarted_partly", {"asked": asked, "sources": sources, "new": reviews})
    return say("restarted_asked", {"new": reviews}) if new else say("restarted_asked_none")


def _span(facts: Facts) -> dict[str, str] | None:
    """From when to when and how long; None where that is not known."""
    try:
        since, until = (datetime.fromisoformat(str(facts.values.get(name))) for name in ("since", "until"))
    except ValueError:
        return None
    seconds = int((until - since).total_seconds())
    return {"since": moment(since, facts.timezone), "until": moment(until, facts.timezone), "span": _long(seconds)}


def _long(seconds: int) -> str:
    """`7 h 20 min`, `3 days 4 h`, `under a minute`: the two units that matter."""
    days, hours, minutes = seconds // _DAY, seconds % _DAY // _HOUR, seconds % _HOUR // _MINUTE
    if days:
        parts = [count(days, "{n} day", "{n} days"), say("hours_short", {"n": hours}) if hours else ""]
    else:
        parts = [
            say("hours_short", {"n": hours}) if hours else "",
            say("minutes_short", {"n": minutes}) if minutes else "",
        ]
    return " ".join(filter(None, parts)) or say("under_a_minute")


def _number(facts: Facts, name: str) -> int:
    value = facts.values.get(name)
    return value if isinstance(value, int) else 0
